import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/preact";
import { afterEach, describe, expect, it } from "vitest";
import { keepIn } from "../../client/agent-fake-keeping.ts";
import { failure } from "../../protocol/result.ts";
import { openConversation } from "../test-kit/open-desk.tsx";

afterEach(cleanup);

async function setUp() {
  const test = await openConversation();
  const keep = keepIn(test.fake);
  for (const title of ["billing", "urgent-ish", "<b>vip</b>"]) await keep.label(title);
  await keep.team("sales");
  await waitFor(() => expect(test.desk.workspace.value?.accountLists.labels.value).toHaveLength(3));
  return { ...test, keep };
}

const press = (key: string) => fireEvent.keyDown(document.body, { key });
const undo = () => fireEvent.click(screen.getAllByRole("button", { name: "Undo" }).at(-1)!);
const chipsOf = (link: HTMLElement) =>
  [...link.querySelectorAll(".chip-name")].map((chip) => chip.textContent);

describe("labels", () => {
  it("are found and chosen by keyboard, several in a row, and stand in header and list", async () => {
    const { fake } = await setUp();
    press("l");
    const field = await screen.findByRole("combobox", { name: "Find a label" });
    fireEvent.input(field, { target: { value: "vip" } });
    expect(screen.getAllByRole("option")).toHaveLength(1);
    fireEvent.keyDown(field, { key: "Enter" });
    fireEvent.input(field, { target: { value: "" } });
    fireEvent.keyDown(field, { key: "Enter" });
    const chosen = await screen.findAllByRole("option", { selected: true });
    expect(chosen.map((one) => one.textContent)).toEqual(["billing", "<b>vip</b>"]);
    await waitFor(() => expect(fake.conversation(1).labels).toEqual(["<b>vip</b>", "billing"]));
    const row = screen.getByRole("link", { name: /Ada Lovelace/ });
    expect(chipsOf(row)).toEqual(["<b>vip</b>", "billing"]);
    within(screen.getByRole("main")).getByRole("button", { name: "Remove label billing" });
  });

  it("come back when the server refuses, and on undo; two at once end as both were meant", async () => {
    const { fake, desk } = await setUp();
    const actions = desk.workspace.value?.actions;
    fake.failNext("setConversationLabels", failure("unreachable", "").error);
    await Promise.all([actions?.toggleLabel(1, "billing"), actions?.toggleLabel(1, "late")]);
    expect(fake.conversation(1).labels).toEqual(["late"]);
    expect(desk.workspace.value?.conversation.value?.labels).toEqual(["late"]);
    await screen.findByText(/The label was not changed/);
    fireEvent.click(screen.getByRole("button", { name: "Remove label late" }));
    await screen.findByText("Label late removed");
    expect(fake.conversation(1).labels).toEqual([]);
    undo();
    await waitFor(() => expect(fake.conversation(1).labels).toEqual(["late"]));
  });

  it("follow what a colleague does", async () => {
    const { fake } = await setUp();
    fake.change(1, { labels: ["billing"], priority: "urgent", muted: true });
    const row = await screen.findByRole("link", { name: /Ada Lovelace.*Priority: Urgent.*Muted/ });
    expect(chipsOf(row)).toEqual(["billing"]);
  });
});

describe("priority, team and mute", () => {
  it("are set by key and menu, shown at once, and taken back by undo", async () => {
    const { fake } = await setUp();
    press("p");
    fireEvent.click(await screen.findByRole("option", { name: "Urgent" }));
    await screen.findByText("#1 has priority urgent");
    expect(fake.conversation(1).priority).toBe("urgent");
    undo();
    await waitFor(() => expect(fake.conversation(1).priority).toBeNull());

    press("a");
    fireEvent.click(await screen.findByRole("menuitemradio", { name: "Team: sales" }));
    await screen.findByText("#1 given to team sales");
    expect(fake.conversation(1).meta.team?.name).toBe("sales");
    undo();
    await waitFor(() => expect(fake.conversation(1).meta.team).toBeUndefined());

    press("m");
    await screen.findByText("#1 muted and resolved");
    expect(fake.conversation(1)).toMatchObject({ muted: true, status: "resolved" });
    undo();
    await waitFor(() =>
      expect(fake.conversation(1)).toMatchObject({ muted: false, status: "open" }),
    );
  });

  it("are commands of the palette, too", async () => {
    const { fake } = await setUp();
    fireEvent.keyDown(document.body, { key: "k", ctrlKey: true });
    const field = await screen.findByRole("combobox");
    fireEvent.input(field, { target: { value: "team sales" } });
    fireEvent.keyDown(field, { key: "Enter" });
    await waitFor(() => expect(fake.conversation(1).meta.team?.name).toBe("sales"));
  });
});

describe("followers", () => {
  it("are asked for when looked at, and changed one at a time", async () => {
    const { fake } = await setUp();
    fireEvent.click(screen.getByRole("button", { name: "More actions" }));
    fireEvent.click(screen.getByRole("menuitem", { name: /Followers/ }));
    fireEvent.click(await screen.findByRole("option", { name: /Grace Hopper/ }));
    await screen.findByRole("option", { name: /Grace Hopper/, selected: true });
    fake.failNext("changeParticipant", failure("forbidden", "").error);
    fireEvent.click(screen.getByRole("option", { name: /Grace Hopper/ }));
    await screen.findByText(/The followers were not changed/);
    screen.getByRole("option", { name: /Grace Hopper/, selected: true });
  });
});
