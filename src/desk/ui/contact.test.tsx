import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/preact";
import { afterEach, describe, expect, it } from "vitest";
import { keepIn } from "../../client/agent-fake-keeping.ts";
import type { AgentFake } from "../../client/agent-fake.ts";
import { aProfile } from "../../client/agent-fake-records.ts";
import type { UserRole } from "../../protocol/lists.ts";
import type { ContactSummary } from "../../protocol/records.ts";
import { openConversation } from "../test-kit/open-desk.tsx";

afterEach(cleanup);

function setSender(fake: AgentFake, id: number, sender: Partial<ContactSummary>): void {
  const { meta } = fake.conversation(id);
  fake.change(id, { meta: { ...meta, sender: { ...meta.sender, ...sender } } });
}

async function setUp(role: UserRole = "agent") {
  const test = await openConversation({ profile: aProfile({ role }) });
  const panel = await screen.findByRole("complementary", { name: "Contact" });
  return { ...test, keep: keepIn(test.fake), panel: within(panel) };
}

type Panel = Awaited<ReturnType<typeof setUp>>["panel"];

function write(panel: Panel, name: string, value: string): void {
  fireEvent.click(panel.getByRole("button", { name: `Change ${name}` }));
  fireEvent.input(panel.getByLabelText(name), { target: { value } });
  fireEvent.click(panel.getByRole("button", { name: "Save" }));
}

const sender = (fake: AgentFake, id = 1) => fake.conversation(id).meta.sender;

describe("the contact", () => {
  it("is only what the conversation tells, for whom contacts are not open to", async () => {
    const profile = aProfile({ permissions: ["conversation_manage"] });
    const { fake } = await openConversation({ profile });
    const panel = within(await screen.findByRole("complementary", { name: "Contact" }));
    await panel.findByText("E-mail");
    expect(panel.queryByRole("button", { name: /Change|contact’s labels/ })).toBeNull();
    expect(panel.queryByRole("button", { name: "What to do with this contact" })).toBeNull();
    expect(panel.queryByRole("heading", { name: "Previous conversations" })).toBeNull();
    // His rights grow: with the connection they are read again.
    const rest = await fake.rest.getProfile();
    if (rest.ok) rest.data.permissions.push("contact_manage");
    fake.disconnect();
    fake.reconnect();
    await panel.findByRole("button", { name: "Change Name" });
  });

  it("is changed where it stands, and keeps what was written when the server refuses it", async () => {
    const { fake, panel } = await setUp();
    setSender(fake, 2, { email: "taken@example.com" });
    write(panel, "Name", "Ada King");
    await panel.findByRole("heading", { name: "Ada King" });
    await waitFor(() => expect(sender(fake).name).toBe("Ada King"));
    write(panel, "E-mail", "taken@example.com");
    const field = await panel.findByLabelText<HTMLInputElement>("E-mail");
    await panel.findByText(/belong to another contact/);
    expect(field.value).toBe("taken@example.com");
    expect(field.getAttribute("aria-invalid")).toBe("true");
    fireEvent.keyDown(field, { key: "Escape" });
    expect(panel.queryByLabelText("E-mail")).toBeNull();
    expect(sender(fake).email).toBeNull();
    panel.getByRole("button", { name: "Close contact details" });
  });

  it("has the attributes that the account defines, each of its kind, and any other as it is", async () => {
    const { fake, keep, panel } = await setUp();
    await keep.attribute("site", "contact_attribute");
    await keep.attribute("order", "conversation_attribute");
    const link = { attribute_display_name: "Site", attribute_display_type: "link" } as const;
    const base = { attribute_description: "", default_value: "", account_id: 1 };
    const contact = { ...base, attribute_model: "contact_attribute" } as const;
    fake.keep("custom_attribute", {
      ...contact,
      ...link,
      id: 101,
      attribute_key: "site",
      attribute_values: "[]",
    });
    fake.keep("custom_attribute", {
      ...contact,
      id: 103,
      attribute_display_name: "Paid",
      attribute_display_type: "checkbox",
      attribute_key: "paid",
      attribute_values: "[]",
    });
    fake.keep("custom_attribute", {
      ...contact,
      id: 104,
      attribute_display_name: "Plan",
      attribute_display_type: "list",
      attribute_key: "plan",
      attribute_values: '["gold","silver"]',
    });
    setSender(fake, 1, { custom_attributes: { theirs: "<i>x</i>" } });
    await panel.findByText("<i>x</i>");
    write(panel, "Site", "javascript:alert(1)");
    await panel.findByText(/does not take this/);
    fireEvent.input(panel.getByLabelText("Site"), { target: { value: "https://a.example/" } });
    fireEvent.click(panel.getByRole("button", { name: "Save" }));
    const shown = await panel.findByRole("link", { name: "https://a.example/" });
    expect(shown.getAttribute("rel")).toContain("noopener");
    fireEvent.click(panel.getByRole("checkbox", { name: "Paid" }));
    fireEvent.click(panel.getByRole("button", { name: "Change Plan" }));
    fireEvent.change(panel.getByLabelText("Plan"), { target: { value: "gold" } });
    fireEvent.click(panel.getByRole("button", { name: "Save" }));
    await waitFor(() =>
      expect(sender(fake).custom_attributes).toEqual({
        theirs: "<i>x</i>",
        site: "https://a.example/",
        paid: true,
        plan: "gold",
      }),
    );
    write(panel, "order", "77");
    await waitFor(() => expect(fake.conversation(1).custom_attributes).toEqual({ order: "77" }));
    write(panel, "order", "");
    await waitFor(() => expect(fake.conversation(1).custom_attributes).toEqual({}));
  });

  it("is verified for what is proven, and says apart what the visitor only states", async () => {
    const { fake, panel } = await setUp();
    panel.getByText("Identity not verified");
    expect(panel.queryByRole("region", { name: /Stated by the visitor/ })).toBeNull();
    const stated = {
      name: "The Boss",
      email: "boss@example.com",
      custom_attributes: { plan: "<b>gold</b>" },
    };
    const proven = { name: null, identifier: "user-1", hmac_verified: true };
    const { meta } = fake.conversation(1);
    fake.change(1, {
      meta: { ...meta, hmac_verified: true, sender: { ...meta.sender, ...proven, stated } },
    });
    await panel.findByText("Verified identity");
    panel.getByRole("heading", { name: "user-1" });
    const person = within(panel.getByRole("region", { name: "user-1" }));
    expect(person.queryByText(/Boss/i)).toBeNull();
    const claims = within(
      panel.getByRole("region", { name: "Stated by the visitor, not verified" }),
    );
    for (const said of ["The Boss", "boss@example.com", "<b>gold</b>"]) claims.getByText(said);
    // Nor does it call him so anywhere else.
    expect(screen.queryByRole("heading", { name: "The Boss" })).toBeNull();
    // An agent who knows may write it down; then it is no claim any more.
    write(panel, "Name", "Ada King");
    await panel.findByRole("heading", { name: "Ada King" });
  });

  it("has labels and earlier conversations, live", async () => {
    const { fake, keep, clock, panel, router } = await setUp();
    await keep.label("vip");
    await panel.findByText("This is the contact's first conversation.");
    fireEvent.click(await panel.findByRole("button", { name: "Add a label" }));
    fireEvent.click(await screen.findByRole("option", { name: /vip/ }));
    await panel.findByRole("button", { name: "Remove label vip" });
    setSender(fake, 2, sender(fake));
    fake.change(1, {});
    clock.advance(400);
    fireEvent.click(await panel.findByRole("link", { name: /#2.*Do you ship to Norway/ }));
    expect(router.route.value.conversationId).toBe(2);
  });

  it("is blocked with a way back, and merged or deleted once it is clear what happens", async () => {
    const { fake, clock, panel } = await setUp();
    const choose = async (name: RegExp) => {
      fireEvent.click(panel.getByRole("button", { name: "What to do with this contact" }));
      fireEvent.click(await panel.findByRole("menuitem", { name }));
    };
    await choose(/Block/);
    await panel.findByText("Blocked");
    fireEvent.click(await screen.findByRole("button", { name: "Undo" }));
    await waitFor(() => expect(sender(fake).blocked).toBe(false));

    setSender(fake, 2, { name: "Ada (work)", email: "ada@work.example" });
    await choose(/Merge/);
    const field = await screen.findByRole("combobox", { name: "Find the contact to keep" });
    fireEvent.input(field, { target: { value: "work" } });
    clock.advance(200);
    fireEvent.click(await screen.findByRole("option", { name: /Ada \(work\)/ }));
    await screen.findByText(/Everything of Ada Lovelace.*goes to Ada \(work\)/);
    fireEvent.click(screen.getByRole("button", { name: "Merge" }));
    await panel.findByRole("heading", { name: "Ada (work)" });
    expect(sender(fake).id).toBe(2);
    // An agent may not delete anybody.
    fireEvent.click(panel.getByRole("button", { name: "What to do with this contact" }));
    expect(panel.queryByRole("menuitem", { name: /Delete/ })).toBeNull();
  });

  it("is deleted by an administrator, with all of his conversations", async () => {
    const { fake, panel } = await setUp("administrator");
    fireEvent.click(panel.getByRole("button", { name: "What to do with this contact" }));
    fireEvent.click(await panel.findByRole("menuitem", { name: /Delete/ }));
    await screen.findByText(/All conversations and messages of this contact are deleted/);
    const remove = () => fireEvent.click(screen.getByRole("button", { name: "Delete for ever" }));
    remove();
    fireEvent.input(screen.getByLabelText("Type “Ada Lovelace” to go on"), {
      target: { value: "ada lovelace " },
    });
    expect(fake.calls.get("deleteContact")).toBeUndefined();
    await waitFor(() => {
      remove();
      expect(fake.calls.get("deleteContact")).toBe(1);
    });
    await screen.findByText("Ada Lovelace deleted");
    expect(() => fake.conversation(1)).toThrow();
    await screen.findByText("This conversation is not here");
  });
});

describe("an own message", () => {
  it("leaves a line at once when it is deleted, comes back with the undo, and goes for good without", async () => {
    const { fake, clock, desk } = await setUp();
    fake.write(1, "Oops, my password", {
      message_type: "outgoing",
      sender: { type: "user", id: fake.profile.id, name: "Alan", avatar_url: null },
    });
    const log = within(screen.getByRole("log"));
    fireEvent.click(await log.findByRole("button", { name: "Delete message" }));
    await log.findByText("This message was deleted");
    expect(log.queryByText("Oops, my password")).toBeNull();
    fireEvent.click(screen.getByRole("button", { name: "Undo" }));
    await log.findByText("Oops, my password");
    clock.advance(60_000);
    expect(fake.calls.get("deleteMessage")).toBeUndefined();

    fireEvent.click(await log.findByRole("button", { name: "Delete message" }));
    await log.findByText("This message was deleted");
    // Elsewhere the notice stays, and so does what it says.
    desk.workspace.value?.open(2);
    await screen.findByText("Message deleted");
    clock.advance(60_000);
    await waitFor(() => expect(fake.calls.get("deleteMessage")).toBe(1));
    desk.workspace.value?.open(1);
    await log.findByText("This message was deleted");
    expect(log.queryByText("Oops, my password")).toBeNull();
    expect(log.queryByRole("button", { name: "Delete message" })).toBeNull();
    expect(fake.messages(1).at(-1)?.content_attributes).toEqual({ deleted: true });
  });
});
