import { createAgentFake } from "./agent-fake.ts";
import { describeAgentTransport } from "./agent-transport.contract.ts";

describeAgentTransport("the fake", async () => {
  const fake = createAgentFake({ isSignedIn: false, password: "correct horse" });
  return {
    rest: fake.rest,
    credentials: { email: fake.profile.email, password: "correct horse" },
    createSocket: () => fake.socket,
    visitor: {
      start: async (content) => fake.startConversation({ content }),
      async write(id, content) {
        fake.write(id, content);
      },
      setTyping: async (id, isTyping) => fake.setContactTyping(id, isTyping),
    },
  };
});
