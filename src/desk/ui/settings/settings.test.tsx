import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/preact";
import { afterEach, describe, expect, it } from "vitest";
import { aProfile, anAgent } from "../../../client/agent-fake-records.ts";
import { failure } from "../../../protocol/result.ts";
import { openDesk } from "../../test-kit/open-desk.tsx";
// Here already, so that no test waits for its code.
import "./settings-area.tsx";

afterEach(cleanup);

const administrator = () => aProfile({ role: "administrator" });
const open = (page: string, profile = administrator()) =>
  openDesk({ address: `/desk/settings${page}`, profile });

function type(label: string, text: string): void {
  fireEvent.input(screen.getByLabelText(label), { target: { value: text } });
}
const press = async (name: string | RegExp) =>
  void fireEvent.click(await screen.findByRole("button", { name }));
const follow = async (name: string | RegExp) =>
  void fireEvent.click(await screen.findByRole("link", { name }));
const heading = (name: string) => screen.findByRole("heading", { level: 1, name });

describe("the settings", () => {
  it("are reached from the rail and by key, and show an agent only what is the agent's", async () => {
    const { router } = openDesk();
    await screen.findByRole("navigation", { name: "Views" });
    fireEvent.keyDown(document.body, { key: "," });
    expect(router.address()).toBe("/desk/settings");
    const navigation = await screen.findByRole("navigation", { name: "Settings" });
    const names = within(navigation)
      .getAllByRole("link")
      .map(({ textContent }) => textContent.trim());
    expect(names).toEqual(["Conversations", "Canned responses", "Profile", "Access tokens"]);
    cleanup();
    open("/webhooks", aProfile());
    await heading("This page is not here");
    cleanup();
    open("");
    await heading("Inboxes");
    expect(screen.getByRole("link", { name: "Webhooks" })).toHaveProperty(
      "pathname",
      "/desk/settings/webhooks",
    );
  });

  it("make, change and delete a label, with what is wrong at its field", async () => {
    const { fake, router, clock } = open("/labels");
    await screen.findByRole("heading", { name: "No labels yet" });
    await follow("New label");
    expect(document.activeElement).toBe(await heading("New label"));
    await press("Create");
    const name = screen.getByLabelText("Name");
    await waitFor(() => expect(document.activeElement).toBe(name));
    expect(name.getAttribute("aria-invalid")).toBe("true");
    const described = name.getAttribute("aria-describedby") ?? "";
    expect(
      described.split(" ").map((id) => document.querySelector(`[id="${id}"]`)?.textContent),
    ).toContain("Must not be empty.");
    type("Name", "Billing");
    await press("Create");
    await follow("billing");
    type("Description", "Money");
    await press("Save");
    await waitFor(() => expect(fake.settings.held.labels[0]?.description).toBe("Money"));
    await follow("billing");
    await press("Delete");
    await screen.findByRole("heading", { name: "No labels yet" });
    expect(router.address()).toBe("/desk/settings/labels");
    await press("Undo");
    await follow("billing");
    await press("Delete");
    await screen.findByText("Label “billing” deleted");
    await follow("Teams");
    expect(fake.settings.held.labels).toHaveLength(1);
    clock.advance(60_000);
    await waitFor(() => expect(fake.settings.held.labels).toEqual([]));
  });

  it("keep roles, give them to agents, and shut an agent out", async () => {
    const { fake } = open("/roles");
    await screen.findByRole("heading", { name: "No roles of your own" });
    await follow("New role");
    await heading("New role");
    type("Name", "Night shift");
    fireEvent.click(screen.getByLabelText("Own conversations"));
    await press("Create");
    await follow("Night shift");
    expect(await screen.findByLabelText("Own conversations")).toHaveProperty("checked", true);
    const [role] = fake.settings.held.customRoles;
    expect(role).toMatchObject({ permissions: ["conversation_participating_manage"] });
    const agent = await fake.rest.settings.agents.create(1, {
      name: "Bea",
      email: "bea@example.com",
      role: "agent",
    });
    const id = agent.ok ? agent.data.id : 0;
    await follow("Agents");
    await follow("Bea");
    fireEvent.change(await screen.findByLabelText("Role"), { target: { value: String(role?.id) } });
    fireEvent.click(screen.getByLabelText("May work here"));
    await press("Save");
    await screen.findByText("bea@example.com · Night shift");
    await screen.findByText("Deactivated");
    const listed = await fake.rest.listAgents(1);
    expect(listed.ok && listed.data.find((one) => one.id === id)).toMatchObject({
      role: "agent",
      custom_role_id: role?.id,
      active: false,
    });
    await follow("Roles");
    await screen.findByText("1 agent");
    await follow("Night shift");
    await press("Delete");
    const dialog = within(await screen.findByRole("dialog"));
    fireEvent.click(dialog.getByRole("button", { name: "Delete" }));
    await dialog.findByText("Agents have this role. Give them another one first.");
  });

  it("show the profile's own token, and replace it", async () => {
    const { fake } = open("/access-tokens", aProfile());
    await screen.findByText(/…cess · Everything you may do, in all your accounts · never used/);
    await press("Replace");
    const dialog = within(
      await screen.findByRole("dialog", { name: "Replace your profile's token?" }),
    );
    fireEvent.click(dialog.getByRole("button", { name: "Replace" }));
    await screen.findByText(/…anew · /);
    expect(await fake.rest.getProfile()).toMatchObject({ data: { access_token: "access-anew" } });
  });

  it("ask before they lose what is not saved", async () => {
    const { router } = open("/canned-responses/new");
    await heading("New response");
    type("Short code", "hi");
    await follow("Labels");
    const dialog = await screen.findByRole("dialog", { name: "Leave without saving?" });
    expect(router.address()).toBe("/desk/settings/canned-responses/new");
    fireEvent.click(within(dialog).getByRole("button", { name: "Keep editing" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(screen.getByLabelText("Short code")).toHaveProperty("value", "hi");
    await follow("Labels");
    await press("Discard changes");
    await heading("Labels");
  });

  it("show what somebody else has changed, and offer to try again when they cannot be read", async () => {
    const { fake } = openDesk({
      address: "/desk/settings/teams",
      profile: administrator(),
      prepare({ fake }) {
        const { teams } = fake.settings.rest;
        const { list } = teams;
        teams.list = async () => {
          teams.list = list;
          return failure("unreachable", "");
        };
      },
    });
    await press("Try again");
    await screen.findByRole("heading", { name: "No teams yet" });
    await fake.rest.settings.teams.create(1, { name: "sales" });
    await screen.findByRole("link", { name: "sales" });
  });

  it("invite an agent by a link, where the password is chosen", async () => {
    const { fake } = open("/agents/new");
    await heading("Invite an agent");
    type("Name", "Bea");
    type("E-mail", "bea@example.com");
    await press("Invite");
    const link = await screen.findByRole("group", { name: "Link of the invitation" });
    const { pathname, hash } = new URL(link.textContent);
    await press("Done");
    await heading("Agents");
    expect(screen.getByText("Invited")).toBeTruthy();
    cleanup();
    const { accept } = { accept: fake.rest.settings.acceptInvitation };
    const guest = openDesk({
      isSignedIn: false,
      address: pathname + hash,
      prepare: ({ deps }) => (deps.rest.settings.acceptInvitation = accept),
    });
    await heading("Choose your password");
    type("The same again", "Better 1 horse");
    await press("Set the password");
    await screen.findByText(/too weak/);
    fireEvent.input(screen.getByLabelText(/^New password/), {
      target: { value: "Better 2 horse" },
    });
    await press("Set the password");
    await screen.findByText("The two passwords are not the same.");
    type("The same again", "Better 2 horse");
    await press("Set the password");
    await heading("You are all set");
    await press("Sign in");
    await heading("Sign in to Parlor");
    expect(guest.router.address()).toBe("/desk/");
    expect(fake.agents.at(-1)?.confirmed).toBe(true);
  });

  it("keep the last administrator, in words", async () => {
    const { fake } = openDesk({
      address: "/desk/settings/agents/2",
      profile: administrator(),
      prepare: ({ fake }) => {
        fake.agents[1] = anAgent({ id: 2, name: "Grace Hopper", role: "administrator" });
        fake.settings.rest.agents.update = async () => failure("conflict", "at least one");
      },
    });
    await heading("Grace Hopper");
    fireEvent.change(screen.getByLabelText("Role"), { target: { value: "agent" } });
    await press("Save");
    await screen.findByText(/keeps at least one administrator/);
    expect(fake.agents[1]?.role).toBe("administrator");
  });

  it("make access tokens with scopes, show them once and revoke them", async () => {
    const { fake } = open("/access-tokens/new", aProfile());
    await heading("New access token");
    type("Name", "Import");
    fireEvent.click(screen.getByLabelText("Everything"));
    await press("Create token");
    await screen.findByText("Must not be empty.");
    fireEvent.click(screen.getByLabelText("Contacts"));
    await press("Create token");
    const token = await screen.findByRole("group", { name: "Access token" });
    expect(token.textContent).toMatch(/^token-of-/);
    expect(fake.settings.held.accessTokens[0]?.scopes).toEqual(["contacts"]);
    await press("Done");
    await screen.findByText(/Contacts · never used/);
    expect(document.body.textContent).not.toContain(token.textContent);
    await press("Revoke");
    const dialog = await screen.findByRole("dialog");
    fireEvent.click(within(dialog).getByRole("button", { name: "Revoke" }));
    await screen.findByRole("heading", { name: "No tokens for tools" });
  });

  it("end what opens the account in a colleague's name, and not what opens others too", async () => {
    const { fake } = open("/agents/2");
    const { accessTokens, profileTokens } = fake.settings.held;
    const made = { account_id: 1, user_id: 2, created_at: 1_760_000_000, last_used_at: null };
    const tool = { ...made, id: 7, name: "Import", hint: "wxyz", scopes: ["contacts" as const] };
    accessTokens.push(tool, { ...tool, id: 8, user_id: fake.profile.id, name: "My own" });
    const tokens = within(await screen.findByRole("region", { name: "Access tokens" }));
    await tokens.findByText("…wxyz · Contacts · never used");
    expect(tokens.queryByText("My own")).toBeNull();
    const end = async (index: number) => {
      fireEvent.click(tokens.getAllByRole("button", { name: "Revoke" })[index] as Element);
      const dialog = await screen.findByRole("dialog");
      fireEvent.click(within(dialog).getByRole("button", { name: "Revoke" }));
      await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    };
    await end(1);
    expect(accessTokens.map(({ id }) => id)).toEqual([8]);
    const ofProfile = profileTokens.find(({ user_id: id }) => id === 2);
    Object.assign(ofProfile ?? {}, { is_elsewhere: true, hint: null });
    await end(0);
    expect(ofProfile?.hint).toBe("anew");
    await tokens.findByText(/^Opens other accounts, too/);
    expect(tokens.queryByRole("button", { name: "Revoke" })).toBeNull();
  });

  it("make a webhook, tell why it was switched off, and deliver again", async () => {
    const { fake } = open("/webhooks/new");
    await heading("New webhook");
    await screen.findByLabelText("Address");
    type("Address", "https://example.com/hook");
    fireEvent.click(screen.getByLabelText("contact_created"));
    await press("Create");
    const secret = await screen.findByRole("group", { name: "Signing secret" });
    expect(secret.textContent).toMatch(/^secret-/);
    const [webhook] = fake.settings.held.webhooks;
    expect(webhook?.subscriptions).toEqual(["message_created", "contact_created"]);
    fake.settings.deliveries.push({
      id: "00000000-0000-4000-8000-000000000001",
      webhook_id: webhook?.id ?? 0,
      event: "message_created",
      state: "parked",
      payload: { content: "Hello" },
      attempts: 9,
      created_at: 1_760_000_000,
      last_attempt_at: 1_760_000_000,
      next_attempt_at: null,
      duration_ms: 12,
      response_status: 500,
      response_body: "oh no",
      failure: null,
      failure_message: null,
    });
    await press("Done");
    await press("New secret");
    const dialog = await screen.findByRole("dialog", { name: "Make a new signing secret?" });
    fireEvent.click(within(dialog).getByRole("button", { name: "New secret" }));
    await screen.findByText(/^rotated-/);
    await follow("Deliveries");
    await screen.findByText("Given up", { selector: ".row-state" });
    screen.getByText(/"content": "Hello"/);
    screen.getByText("oh no");
    await press("Deliver again");
    await screen.findByText("On its way again.");
    await screen.findByText("Waiting", { selector: ".row-state" });
  });

  it("change one's own name at once, and the password only when both say the same", async () => {
    open("/profile", aProfile());
    await heading("Profile");
    type("Shown name", "Countess");
    const [save] = await screen.findAllByRole("button", { name: "Save" });
    fireEvent.click(save as HTMLElement);
    await screen.findByText("Countess", { selector: ".rail-self-name" });
    type("Present password", "wrong");
    type("New password", "Better 1 horse");
    type("The new one again", "other");
    await press("Change password");
    await screen.findByText("Is not the same as the one above.");
    type("The new one again", "Better 1 horse");
    await press("Change password");
    await screen.findByText("Is not right.");
  });

  it("keep hours by the week, with holidays, and say at a holiday what is missing", async () => {
    const { fake } = open("/inboxes/1/hours");
    fireEvent.click(await screen.findByLabelText("This inbox has business hours"));
    fireEvent.change(screen.getByLabelText("Time zone"), { target: { value: "Europe/Berlin" } });
    fireEvent.input(screen.getByLabelText("Monday: to"), { target: { value: "18:30" } });
    fireEvent.change(screen.getByLabelText("Sunday"), { target: { value: "open" } });
    await press("Add a holiday");
    await press("Save");
    await screen.findByText("Must have a first day.");
    type("First day", "2026-12-24");
    type("Last day", "2026-12-26");
    await press("Save");
    await screen.findByText("Saved");
    const [inbox] = fake.settings.held.inboxes;
    expect(inbox).toMatchObject({
      working_hours_enabled: true,
      timezone: "Europe/Berlin",
      holidays: [{ starts_on: "2026-12-24", ends_on: "2026-12-26" }],
    });
    expect(inbox?.working_hours[1]).toMatchObject({ close_hour: 18, close_minutes: 30 });
    expect(inbox?.working_hours[0]).toMatchObject({ open_all_day: true, closed_all_day: false });
  });

  it("ask before a chat in the order that is chosen, the account's own attributes too", async () => {
    const { fake } = openDesk({
      address: "/desk/settings/inboxes/1/pre-chat",
      profile: administrator(),
      prepare: ({ fake }) =>
        void fake.settings.rest.customAttributes.create(1, {
          attribute_display_name: "Order number",
          attribute_key: "order",
          attribute_display_type: "text",
          attribute_model: "conversation_attribute",
        }),
    });
    fireEvent.click(await screen.findByLabelText("Ask before the first message"));
    fireEvent.click(screen.getByRole("checkbox", { name: "Name" }));
    fireEvent.click(screen.getByRole("checkbox", { name: "Order number" }));
    const order = within(screen.getByRole("group", { name: "Order number" }));
    fireEvent.click(order.getByLabelText("Must be filled in"));
    for (let step = 0; step < 3; step += 1) {
      fireEvent.click(order.getByRole("button", { name: /^Move up/ }));
    }
    await press("Save");
    await screen.findByText("Saved");
    const kept = fake.settings.held.inboxes[0]?.pre_chat_form_options.pre_chat_fields;
    expect(kept).toMatchObject([
      { name: "order", field_type: "conversation_attribute", enabled: true, required: true },
      { name: "fullName", field_type: "standard", enabled: true, required: false },
    ]);
  });
});
