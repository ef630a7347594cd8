// The whole desk drawn on the fake server, for tests of what an agent sees and does.
import { render, screen, within } from "@testing-library/preact";
import { onTestFinished } from "vitest";
import type { AgentFakeOptions } from "../../client/agent-fake.ts";
import { createDesk } from "../store/desk.ts";
import { App } from "../ui/app.tsx";
import { createTestDeps } from "./test-desk.ts";
import type { TestDesk } from "./test-desk.ts";

interface Options extends AgentFakeOptions {
  address?: string;
  prepare?: (test: TestDesk) => void;
}

/** Draws a desk on a new fake server, which `prepare` may fill first. */
export function openDesk({ prepare, ...options }: Options = {}) {
  const test = createTestDeps(options);
  prepare?.(test);
  const desk = createDesk(test.deps);
  render(<App desk={desk} />);
  onTestFinished(() => desk.stop());
  return { ...test, desk };
}

/** Two conversations, the first of them open. */
export async function openConversation(options: AgentFakeOptions = {}) {
  const test = openDesk({
    ...options,
    address: "/desk/conversations/1",
    prepare({ fake }) {
      fake.startConversation({ name: "Ada Lovelace", content: "My lamp is broken" });
      fake.startConversation({ name: null, content: "Do you ship to Norway?" });
    },
  });
  await screen.findByRole("log", { name: "Messages" });
  await within(screen.getByRole("log")).findByText("My lamp is broken");
  return test;
}
