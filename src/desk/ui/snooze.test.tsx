import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/preact";
import { afterEach, describe, expect, it } from "vitest";
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
    fake.failNext("toggleStatus", failure("unreachable", "").error);
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
