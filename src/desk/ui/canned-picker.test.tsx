import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/preact";
import { afterEach, describe, expect, it } from "vitest";
import { keepIn } from "../../client/agent-fake-keeping.ts";
import { openConversation } from "../test-kit/open-desk.tsx";

afterEach(cleanup);

async function setUp() {
  const test = await openConversation();
  const keep = keepIn(test.fake);
  await keep.cannedResponse("refund", "Your refund is on its way.");
  await keep.cannedResponse("shipping", "We ship to <b>Norway</b>.");
  const field = screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Reply" });
  field.focus();
  const type = (text: string) => {
    fireEvent.input(field, { target: { value: text } });
    field.setSelectionRange(text.length, text.length);
    fireEvent.select(field);
  };
  const lists = test.desk.workspace.value?.accountLists;
  await waitFor(() => expect(lists?.cannedResponses.value).toHaveLength(2));
  return { ...test, keep, field, type };
}

const options = () => within(screen.getByRole("listbox")).getAllByRole("option");

describe("canned responses", () => {
  it("open with a slash, are chosen with the arrows and put into the text by Enter", async () => {
    const { fake, field, type } = await setUp();
    type("Hi! /");
    expect(options().map((one) => one.textContent)).toEqual([
      "/refundYour refund is on its way.",
      "/shippingWe ship to <b>Norway</b>.",
    ]);
    screen.getByText("2 canned responses");
    expect(field.getAttribute("aria-activedescendant")).toBe(options()[0]?.id);
    fireEvent.keyDown(field, { key: "ArrowUp" });
    expect(options()[1]?.getAttribute("aria-selected")).toBe("true");
    expect(field.getAttribute("aria-activedescendant")).toBe(options()[1]?.id);
    fireEvent.keyDown(field, { key: "Enter" });
    expect(field.value).toBe("Hi! We ship to <b>Norway</b>.");
    expect(field.selectionStart).toBe(field.value.length);
    expect(screen.queryByRole("listbox")).toBeNull();
    expect(fake.messages(1)).toHaveLength(1);
  });

  it("narrow down as one types, go with Escape, and leave Enter to what fits none", async () => {
    const { desk, field, type } = await setUp();
    type("/norw");
    expect(options()).toHaveLength(1);
    fireEvent.keyDown(field, { key: "Escape" });
    expect(screen.queryByRole("listbox")).toBeNull();
    expect(document.activeElement).toBe(field);
    type("/norway!");
    expect(screen.queryByRole("listbox")).toBeNull();
    fireEvent.keyDown(field, { key: "Enter" });
    expect(desk.workspace.value?.outbox.entries.value[0]?.content).toBe("/norway!");
  });

  it("can be pointed at, and are read again when somebody changes them", async () => {
    const { keep, field, type } = await setUp();
    type("/bye");
    expect(screen.queryByRole("listbox")).toBeNull();
    await keep.cannedResponse("bye", "So long!");
    fireEvent.click(await screen.findByRole("option", { name: /So long/ }));
    expect(field.value).toBe("So long!");
  });
});
