import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/preact";
import { afterEach, describe, expect, it } from "vitest";
import { keepIn } from "../../client/agent-fake-keeping.ts";
import { failure } from "../../protocol/result.ts";
import { openConversation } from "../test-kit/open-desk.tsx";

afterEach(cleanup);

const press = (key: string) => fireEvent.keyDown(document.body, { key });
const type = (field: HTMLElement, value: string) => fireEvent.input(field, { target: { value } });
const rowsOf = async () =>
  within(await screen.findByRole("list", { name: "Conversations" })).getAllByRole("link");

describe("the search", () => {
  async function search(words: string) {
    const test = await openConversation();
    const { sender } = test.fake.conversation(1).meta;
    const known = { ...sender, email: "ada@example.com" };
    test.fake.change(1, { meta: { ...test.fake.conversation(1).meta, sender: known } });
    press("/");
    const field = await screen.findByRole("searchbox", { name: "Search" });
    await waitFor(() => expect(document.activeElement).toBe(field));
    type(field, words);
    test.clock.advance(200);
    return { ...test, field };
  }

  it("finds messages with the words marked, and leads to them", async () => {
    const { desk, field } = await search("norw");
    const found = await screen.findByRole("link", { name: /Visitor 2/ });
    expect(found.querySelector("mark")?.textContent).toBe("Norw");
    screen.getByText("1 conversation and 0 contacts found");
    fireEvent.click(found);
    expect(desk.router.route.value.conversationId).toBe(2);
    fireEvent.keyDown(field, { key: "Escape" });
    expect(await rowsOf()).toHaveLength(2);
  });

  it("finds contacts and shows what they have written", async () => {
    const { desk } = await search("lovelace");
    fireEvent.click(await screen.findByRole("button", { name: /Ada Lovelace.*ada@example.com/ }));
    fireEvent.click(await screen.findByRole("link", { name: /#1 · Open.*My lamp is broken/ }));
    expect(desk.router.route.value.conversationId).toBe(1);
    fireEvent.click(screen.getByRole("button", { name: "Back to the results" }));
    await screen.findByRole("button", { name: /Ada Lovelace/ });
  });

  it("says that there is nothing, and why it could not ask", async () => {
    const { fake, clock, field } = await search("zebra");
    await screen.findByText("Nothing has these words.");
    fake.failNext("searchMessages", failure("unreachable", "").error);
    type(field, "lamp");
    clock.advance(200);
    fireEvent.click(await screen.findByRole("button", { name: "Try again" }));
    await screen.findByRole("link", { name: /lamp/ });
  });
});

describe("filters", () => {
  async function filterBy(label: string) {
    const test = await openConversation();
    await keepIn(test.fake).label(label);
    test.fake.change(1, { labels: [label] });
    press("f");
    const dialog = within(await screen.findByRole("dialog", { name: "Filter conversations" }));
    fireEvent.click(dialog.getByRole("button", { name: "Add a condition" }));
    const second = within(dialog.getByRole("group", { name: "Condition 2" }));
    fireEvent.change(second.getByLabelText("What"), { target: { value: "labels" } });
    fireEvent.click(dialog.getByRole("button", { name: "Apply" }));
    dialog.getByText("Say what to compare with.");
    fireEvent.click(await second.findByRole("checkbox", { name: label }));
    fireEvent.click(dialog.getByRole("button", { name: "Apply" }));
    await screen.findByRole("heading", { name: "Filtered" });
    return test;
  }

  it("list what fits, follow what changes, and live in the address", async () => {
    const { fake, clock, router } = await filterBy("vip");
    await waitFor(async () => expect(await rowsOf()).toHaveLength(1));
    expect(router.address()).toContain("filter=");
    fake.change(2, { labels: ["vip"] });
    clock.advance(400);
    await waitFor(async () => expect(await rowsOf()).toHaveLength(2));
    fake.change(1, { status: "resolved" });
    clock.advance(400);
    await waitFor(async () => expect(await rowsOf()).toHaveLength(1));
    fireEvent.click(screen.getByRole("button", { name: "Clear the filter" }));
    await screen.findByRole("heading", { name: "Open" });
  });

  it("are saved as views, renamed, and deleted with a way back", async () => {
    const { fake, router } = await filterBy("vip");
    fireEvent.click(screen.getByRole("button", { name: "Save as a view…" }));
    type(await screen.findByRole("textbox", { name: "Name of the view" }), "My VIPs");
    fireEvent.click(screen.getByRole("button", { name: "Save" }));
    const views = within(await screen.findByRole("list", { name: "Saved views" }));
    await waitFor(() => expect(router.address()).toBe("/desk/?saved=1"));
    await views.findByRole("link", { name: "My VIPs", current: "page" });
    await waitFor(async () => expect(await rowsOf()).toHaveLength(1));

    const act = (name: RegExp) => {
      fireEvent.click(screen.getByRole("button", { name: "What to do with this view" }));
      fireEvent.click(screen.getByRole("menuitem", { name }));
    };
    act(/Rename/);
    type(await screen.findByRole("textbox", { name: "Name of the view" }), "Very");
    fireEvent.click(screen.getByRole("button", { name: "Save" }));
    await screen.findByRole("heading", { name: "Very" });
    act(/Delete/);
    await screen.findByText("View “Very” deleted");
    expect(screen.queryByRole("list", { name: "Saved views" })).toBeNull();
    fireEvent.click(screen.getByRole("button", { name: "Undo" }));
    fireEvent.click(await screen.findByRole("link", { name: "Very" }));
    await waitFor(async () => expect(await rowsOf()).toHaveLength(1));
    expect(fake.calls.get("createCustomFilter")).toBe(2);
  });
});
