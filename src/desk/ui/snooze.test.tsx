import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/preact";
import { afterEach, describe, expect, it } from "vitest";
import { CONTACT_CONVERSATIONS_PAGE_MAX } from "../../protocol/limits.ts";
import { failure } from "../../protocol/result.ts";
import { openConversation } from "../test-kit/open-desk.tsx";

afterEach(cleanup);

const row = () =>
  within(screen.getByRole("list", { name: "Conversations" })).queryByRole("link", {
    name: /Ada Lovelace/,
  });

async function openPicker() {
  const test = await openConversation();
  fireEvent.keyDown(document.body, { key: "s" });
  const picker = await screen.findByRole("dialog", { name: "Snooze", hidden: true });
  return { ...test, picker: within(picker) };
}

describe("the snooze picker", () => {
  it("opens with S, puts to sleep at once, and undoes it", async () => {
    const { fake, clock, picker } = await openPicker();
    fireEvent.click(picker.getByRole("button", { name: /^Tomorrow/, hidden: true }));
    await waitFor(() => expect(fake.conversation(1).status).toBe("snoozed"));
    const until = new Date(clock.now());
    until.setDate(until.getDate() + 1);
    expect(fake.conversation(1).snoozed_until).toBe(until.setHours(9, 0, 0, 0) / 1000);
    expect(row()).toBeNull();
    await screen.findByText(/^#1 sleeps until/);
    fireEvent.click(screen.getByRole("button", { name: "Undo" }));
    await waitFor(() => expect(fake.conversation(1).status).toBe("open"));
  });

  it("takes a time in plain words, and says which one it has understood", async () => {
    const { fake, clock, picker } = await openPicker();
    const field = picker.getByLabelText<HTMLInputElement>("Or say when");
    const submit = () => fireEvent.submit(field.form as HTMLFormElement);
    fireEvent.input(field, { target: { value: "some day" } });
    submit();
    await picker.findByText(/^Write a time to come/);
    expect(fake.conversation(1).status).toBe("open");
    fireEvent.input(field, { target: { value: "in 2 hours" } });
    await waitFor(() => expect(picker.queryByText(/^Write a time to come/)).toBeNull());
    expect(picker.getByRole("status", { hidden: true }).textContent).not.toBe("");
    submit();
    await waitFor(() => expect(fake.conversation(1).status).toBe("snoozed"));
    expect(fake.conversation(1).snoozed_until).toBe(Math.floor(clock.now() / 1000) + 7_200);
  });

  it("takes the snooze back when the server refuses it", async () => {
    const { fake, picker } = await openPicker();
    fake.failNext("createSnooze", failure("unreachable", "").error);
    fireEvent.click(picker.getByRole("button", { name: "Until the next reply", hidden: true }));
    await screen.findByText(/^The conversation was not snoozed/);
    expect(row()).not.toBeNull();
  });
});

it("the view of snoozed conversations says when each wakes", async () => {
  const { desk, fake, clock } = await openConversation();
  fake.change(1, { status: "snoozed", snoozed_until: null });
  fake.change(2, {
    status: "snoozed",
    snoozed_until: new Date(clock.now() + 2 * 86_400_000).setHours(9, 0, 0, 0) / 1000,
  });
  desk.workspace.value?.show("snoozed");
  await screen.findByText("Snoozed until the next reply", { selector: ".row *" });
  await screen.findByText(/^Snoozed until \w+day, /, { selector: ".row *" });
});

const openMore = (picker: ReturnType<typeof within>) =>
  fireEvent.click(picker.getByText("Note and owners"));
const type = (field: HTMLElement, value: string) => fireEvent.input(field, { target: { value } });
const banner = () => within(screen.getByRole("region", { name: "Snooze" }));
const undo = () =>
  fireEvent.click(screen.getAllByRole("button", { name: "Undo" }).at(-1) as Element);
const snoozeOf = async ({ fake }: Awaited<ReturnType<typeof openConversation>>, id = 1) => {
  const found = await fake.rest.listSnoozesOf(1, id);
  return found.ok ? found.data[0] : undefined;
};

/** Ada's conversation sleeps with a note, and is shown. */
async function openSleeping() {
  const test = await openPicker();
  openMore(test.picker);
  type(test.picker.getByLabelText("Note for whoever works on it then"), "Has the lamp come?");
  fireEvent.click(test.picker.getByLabelText(/Grace Hopper/));
  fireEvent.click(test.picker.getByRole("button", { name: /^Tomorrow/, hidden: true }));
  await waitFor(() => expect(test.fake.conversation(1).status).toBe("snoozed"));
  await within(await screen.findByRole("region", { name: "Snooze" })).findByText(
    "Has the lamp come?",
  );
  const snooze = await snoozeOf(test);
  if (!snooze) throw new Error("nothing keeps it asleep");
  return { ...test, snooze };
}

describe("a sleeping conversation", () => {
  it("keeps a note and owners, and shows both with its time", async () => {
    const { snooze, fake } = await openSleeping();
    expect(snooze).toMatchObject({
      message: "Has the lamp come?",
      users: [{ name: "Grace Hopper" }],
      created_by: fake.profile.id,
    });
    banner().getByText(/^Snoozed until Tomorrow, /);
    banner().getByText(/by Alan Turing · then to Grace Hopper/);
  });

  it("is moved with its note kept, and moved back", async () => {
    const test = await openSleeping();
    fireEvent.click(banner().getByRole("button", { name: "Change" }));
    const picker = within(await screen.findByRole("dialog", { name: "Snooze", hidden: true }));
    const field = picker.getByLabelText("Note for whoever works on it then");
    expect(field).toHaveProperty("value", "Has the lamp come?");
    fireEvent.click(picker.getByRole("button", { name: "Until the next reply", hidden: true }));
    const { id, snoozed_until, message, users } = test.snooze;
    await waitFor(async () =>
      expect(await snoozeOf(test)).toMatchObject({ id, snoozed_until: null, message, users }),
    );
    await screen.findByText("Changed: it sleeps until the next reply");
    undo();
    await waitFor(async () =>
      expect(await snoozeOf(test)).toMatchObject({ id, snoozed_until, message, users }),
    );
  });

  it("wakes at a press, and sleeps again with its note when that is undone", async () => {
    const test = await openSleeping();
    const { snoozed_until, message, users } = test.snooze;
    fireEvent.click(banner().getByRole("button", { name: "Wake now" }));
    await waitFor(() => expect(test.fake.conversation(1).status).toBe("open"));
    expect(screen.queryByRole("region", { name: "Snooze" })).toBeNull();
    await screen.findByText("#1 reopened");
    undo();
    await waitFor(async () =>
      expect(await snoozeOf(test)).toMatchObject({ snoozed_until, message, users }),
    );
  });

  it("that is resolved and brought back sleeps as before", async () => {
    const test = await openSleeping();
    const { snoozed_until, message, users } = test.snooze;
    fireEvent.keyDown(document.body, { key: "e" });
    await waitFor(() => expect(test.fake.conversation(1).status).toBe("resolved"));
    await screen.findByText("#1 resolved");
    undo();
    await waitFor(async () =>
      expect(await snoozeOf(test)).toMatchObject({ snoozed_until, message, users }),
    );
  });

  it("of a colleague's is replaced, not changed, and comes back with the undo", async () => {
    const test = await openSleeping();
    test.fake.profile.role = "agent";
    const { fake, snooze } = test;
    const theirs = { ...snooze, created_by: 2 };
    fake.rest.listSnoozesOf = async () => ({ ok: true, data: [theirs] });
    fake.change(1, {});
    await waitFor(() => banner().getByText(/by Grace Hopper/));
    expect(fake.calls.get("updateSnooze")).toBeUndefined();
    fireEvent.click(banner().getByRole("button", { name: "Change" }));
    const picker = within(await screen.findByRole("dialog", { name: "Snooze", hidden: true }));
    fireEvent.click(picker.getByRole("button", { name: "Until the next reply", hidden: true }));
    await waitFor(() => expect(fake.conversation(1).snoozed_until).toBeNull());
    expect(fake.calls.get("updateSnooze")).toBeUndefined();
    await screen.findByText("#1 sleeps until the next reply");
    undo();
    await waitFor(() => expect(fake.conversation(1).snoozed_until).toBe(snooze.snoozed_until));
  });
});

describe("a contact", () => {
  it("is snoozed with all that is not resolved, changed as one, and brought back", async () => {
    const test = await openConversation();
    const { fake } = test;
    const { sender } = fake.conversation(1).meta;
    const more = { meta: { ...fake.conversation(1).meta, sender } };
    const second = fake.startConversation({ content: "And another thing", more });
    const done = fake.startConversation({
      content: "Thanks",
      more: { ...more, status: "resolved" },
    });
    fake.change(done, { status: "resolved" });
    fireEvent.click(screen.getByRole("button", { name: "What to do with this contact" }));
    fireEvent.click(await screen.findByRole("menuitem", { name: "Snooze contact…" }));
    const picker = within(
      await screen.findByRole("dialog", { name: "Snooze contact", hidden: true }),
    );
    picker.getByText("Ada Lovelace");
    fireEvent.click(picker.getByRole("button", { name: "Until the next reply", hidden: true }));
    await screen.findByText("Ada Lovelace sleeps until the next reply");
    const statuses = () => [1, second, done].map((id) => fake.conversation(id).status);
    expect(statuses()).toEqual(["snoozed", "snoozed", "resolved"]);
    await waitFor(() => banner().getByText(/with all 2 of its contact/));
    fireEvent.click(banner().getByRole("button", { name: "Wake all" }));
    await waitFor(() => expect(statuses()).toEqual(["open", "open", "resolved"]));
    await screen.findByText("2 conversations are awake");
    undo();
    await waitFor(() => expect(statuses()).toEqual(["snoozed", "snoozed", "resolved"]));
    expect(await snoozeOf(test)).toMatchObject({ object_type: "contact", object_id: sender.id });
  });

  it("with more conversations than a page is brought back whole", async () => {
    const test = await openConversation();
    const { fake } = test;
    const more = { meta: { ...fake.conversation(1).meta } };
    const others = Array.from({ length: CONTACT_CONVERSATIONS_PAGE_MAX + 1 }, (_, index) =>
      fake.startConversation({ content: `No. ${index}`, more }),
    );
    fireEvent.click(screen.getByRole("button", { name: "What to do with this contact" }));
    fireEvent.click(await screen.findByRole("menuitem", { name: "Snooze contact…" }));
    const picker = within(
      await screen.findByRole("dialog", { name: "Snooze contact", hidden: true }),
    );
    fireEvent.click(picker.getByRole("button", { name: "Until the next reply", hidden: true }));
    await screen.findByText("Ada Lovelace sleeps until the next reply");
    const statuses = () => new Set([1, ...others].map((id) => fake.conversation(id).status));
    expect(statuses()).toEqual(new Set(["snoozed"]));
    undo();
    await waitFor(() => expect(statuses()).toEqual(new Set(["open"])));
  });
});
