import { createAgentFake } from "./agent-fake.ts";
import { aProfile } from "./agent-fake-records.ts";
import { keepIn } from "./agent-fake-keeping.ts";
import type { AgentTransport } from "./agent-transport-kit.ts";
import { describeAgentSnoozes } from "./agent-snoozes.contract.ts";
import { describeAgentTransport } from "./agent-transport.contract.ts";
import { describeAgentWorkspace } from "./agent-workspace.contract.ts";
import { describeSettingsTransport } from "./settings-transport.contract.ts";

async function open(): Promise<AgentTransport> {
  const profile = aProfile({ role: "administrator" });
  const fake = createAgentFake({ isSignedIn: false, password: "correct horse", profile });
  return {
    rest: fake.rest,
    credentials: { email: fake.profile.email, password: "correct horse" },
    createSocket: () => fake.socket,
    keep: keepIn(fake),
    visitor: {
      start: async (content) => fake.startConversation({ content }),
      async write(id, content) {
        fake.write(id, content);
      },
      setTyping: async (id, isTyping) => fake.setContactTyping(id, isTyping),
    },
  };
}

describeAgentTransport("the fake", open);
describeAgentWorkspace("the fake", open);
describeAgentSnoozes("the fake", open);
describeSettingsTransport("the fake", open);
