import { createVisitorFake } from "./visitor-fake.ts";
import { describeVisitorTransport } from "./visitor-transport.contract.ts";

describeVisitorTransport("the fake", async () => {
  const fake = createVisitorFake();
  return {
    rest: fake.rest,
    createSocket: (token) => fake.openSocket(() => token),
    agent: {
      name: fake.agent.name,
      async reply(id, content) {
        fake.reply(id, content);
      },
      assignSelf: async (id) => fake.change(id, { assignee: fake.agent }),
      resolve: async (id) => fake.change(id, { status: "resolved" }),
      setTyping: async (id) => fake.setAgentTyping(id, true),
    },
  };
});
