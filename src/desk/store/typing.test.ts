import { describe, expect, it, vi } from "vitest";
import { startWorkspace } from "../test-kit/test-workspace.ts";

describe("typing", () => {
  it("shows a visitor who types, until the message is there", async () => {
    const { fake, workspace } = await startWorkspace();
    const id = fake.startConversation({ content: "hello" });
    fake.setContactTyping(id, true);
    expect(workspace.typing.of(id)).toHaveLength(1);
    fake.write(id, "done");
    expect(workspace.typing.of(id)).toEqual([]);
  });

  it("forgets who stopped without saying so", async () => {
    const { fake, clock, workspace } = await startWorkspace();
    const id = fake.startConversation({ content: "hello" });
    fake.setContactTyping(id, true);
    clock.advance(5_999);
    expect(workspace.typing.of(id)).toHaveLength(1);
    clock.advance(1);
    expect(workspace.typing.of(id)).toEqual([]);
  });

  it("is told once every three seconds, and once when it ends", async () => {
    const { fake, clock, workspace } = await startWorkspace();
    const id = fake.startConversation({ content: "hello" });
    const told = () =>
      fake.commands
        .filter(({ name }) => name === "typing:set")
        .map(({ input }) => (input as { typing: boolean }).typing);
    for (let keystroke = 0; keystroke < 20; keystroke += 1) {
      workspace.typing.tell(id, true, false);
      clock.advance(200);
    }
    workspace.typing.tell(id, false, false);
    workspace.typing.tell(id, false, false);
    await vi.waitFor(() => expect(told()).toEqual([true, true, false]));
  });
});
