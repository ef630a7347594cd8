// The desk's transport against the real server: the same suite that its fake passes.
import { afterAll, beforeAll, onTestFinished } from "vitest";
import { createAgentRest } from "../client/agent-rest.ts";
import type { AgentSocket } from "../client/agent-transport.ts";
import type { AgentTransport } from "../client/agent-transport-kit.ts";
import { describeAgentSnoozes } from "../client/agent-snoozes.contract.ts";
import { describeAgentTransport } from "../client/agent-transport.contract.ts";
import { describeAgentWorkspace } from "../client/agent-workspace.contract.ts";
import { createSocket } from "../client/socket.ts";
import { describeSettingsTransport } from "../client/settings-transport.contract.ts";
import { AGENT_NAMESPACE } from "../protocol/path-parts.ts";
import { openTestApp } from "./test-kit/app.ts";
import type { TestApp } from "./test-kit/app.ts";
import { createBrowserFetch } from "./test-kit/browser-fetch.ts";
import { asAgent, asVisitor } from "./test-kit/call.ts";

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

async function open(): Promise<AgentTransport> {
  const { url, build, config } = app;
  const accountId = await build.anAccount();
  const inbox = await build.anInbox(accountId);
  const administrator = await build.anAgent(accountId, { role: "administrator" });
  const { email, password } = administrator;
  const rule = asAgent(url, administrator);
  const visitor = await build.aVisitor(inbox, { name: "Ada Lovelace" });
  const ask = asVisitor(url, visitor);

  async function asked(method: string, path: string, body: unknown): Promise<{ id: number }> {
    const answer = await ask(method, path, { body });
    if (answer.status !== 200) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body as { id: number };
  }

  return {
    rest: createAgentRest({ baseUrl: url, fetch: createBrowserFetch(config.publicUrl) }),
    credentials: { email, password },
    keep: {
      label: (title) => rule("POST", "/labels", { body: { title } }),
      cannedResponse: (short_code, content) =>
        rule("POST", "/canned_responses", { body: { short_code, content } }),
      team: (name) => rule("POST", "/teams", { body: { name, allow_auto_assign: false } }),
      attribute: (key, attribute_model) =>
        rule("POST", "/custom_attribute_definitions", {
          body: { attribute_display_name: key, attribute_key: key, attribute_model },
        }),
    },
    createSocket(pubsubToken) {
      const socket: AgentSocket = createSocket({
        baseUrl: url,
        namespace: AGENT_NAMESPACE,
        pubsubToken: () => pubsubToken,
      });
      onTestFinished(() => socket.close());
      return socket;
    },
    visitor: {
      async start(content) {
        const message = { content, echo_id: `start-${performance.now()}` };
        return (await asked("POST", "/conversations", { message })).id;
      },
      async write(id, content) {
        await asked("POST", `/conversations/${id}/messages`, { content });
      },
      async setTyping(id, isTyping) {
        const typing_status = isTyping ? "on" : "off";
        await asked("POST", `/conversations/${id}/toggle_typing`, { typing_status });
      },
    },
  };
}

describeAgentTransport("the real server", open);
describeAgentWorkspace("the real server", open);
describeAgentSnoozes("the real server", open);
describeSettingsTransport("the real server", open);
