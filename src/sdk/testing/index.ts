// The package `parlor/testing`: a site's own browser tests, with a visitor in the page and an agent behind it.
export { createParlorPage } from "./parlor-page.ts";
export type { ParlorNames, ParlorPage, ParlorPageOptions } from "./parlor-page.ts";
export { createTestAgent } from "./test-agent.ts";
export type {
  ConversationFilter,
  TestAgent,
  TestAgentOptions,
  TestConversation,
  TestMessage,
} from "./test-agent.ts";
