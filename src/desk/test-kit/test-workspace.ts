// A signed-in desk without its view, live on the fake server.
import { expect, onTestFinished, vi } from "vitest";
import type { AgentFakeOptions } from "../../client/agent-fake.ts";
import { createDesk } from "../store/desk.ts";
import type { Workspace } from "../store/workspace.ts";
import { createTestDeps } from "./test-desk.ts";
import type { TestDesk } from "./test-desk.ts";

/** `prepare` fills the fake before the desk starts; the desk ends with the test. */
export async function startWorkspace(
  options: AgentFakeOptions & { address?: string; prepare?: (test: TestDesk) => void } = {},
) {
  const test = createTestDeps(options);
  options.prepare?.(test);
  const desk = createDesk(test.deps);
  onTestFinished(() => desk.stop());
  await vi.waitFor(() => {
    expect(desk.workspace.value?.connection.status.value).toBe("live");
    expect(desk.workspace.value?.list.value.status.value.kind).toBe("ready");
  });
  const workspace = desk.workspace.value as Workspace;
  return { ...test, desk, workspace };
}

/** Waits until the open thread is loaded, and answers it. */
export async function readyThread(workspace: Workspace) {
  await vi.waitFor(() => expect(workspace.thread.value?.status.value.kind).toBe("ready"));
  const thread = workspace.thread.value;
  if (!thread) throw new Error("no thread is open");
  return thread;
}
