// What the settings' pages rely on from their transport: one suite for the real server and for the fake.
import { describe, expect, it } from "vitest";
import type { Failure, Result } from "../protocol/result.ts";
import { signInTo, valueOf } from "./agent-transport-kit.ts";
import type { AgentTransport } from "./agent-transport-kit.ts";

function errorOf(result: Result<unknown>): Failure {
  if (result.ok) throw new Error("a failure was expected");
  return result.error;
}

/** `open` makes a new transport and closes it with the test. */
export function describeSettingsTransport(name: string, open: () => Promise<AgentTransport>): void {
  async function start() {
    const { rest, accountId, profile } = await signInTo(await open());
    return { rest: rest.settings, account: accountId, profile };
  }

  describe(`${name}: the settings`, () => {
    it("make, list, change and remove what is kept, and name the field that is wrong", async () => {
      const { rest, account } = await start();
      const label = valueOf(await rest.labels.create(account, { title: "Billing" }));
      expect(label).toMatchObject({ title: "billing", show_on_sidebar: true });
      expect(valueOf(await rest.labels.list(account))).toEqual([label]);
      const changed = { title: "money", color: "#112233" };
      expect(valueOf(await rest.labels.update(account, label.id, changed))).toMatchObject(changed);
      const wrong = errorOf(await rest.labels.update(account, label.id, { title: "" }));
      expect(wrong).toMatchObject({
        code: "invalid",
        field: "title",
        fields: [{ field: "title" }],
      });
      valueOf(await rest.labels.remove(account, label.id));
      expect(errorOf(await rest.labels.remove(account, label.id)).code).toBe("not_found");

      const team = valueOf(await rest.teams.create(account, { name: "Sales" }));
      expect(team).toMatchObject({ name: "sales", description: "", allow_auto_assign: true });
      const input = { short_code: "hi", content: "Hello" };
      expect(valueOf(await rest.cannedResponses.create(account, input))).toMatchObject(input);
      const attribute = valueOf(
        await rest.customAttributes.create(account, {
          attribute_display_name: "Plan",
          attribute_key: "plan",
          attribute_display_type: "list",
          attribute_model: "contact_attribute",
          attribute_values: ["free", "pro"],
        }),
      );
      expect(JSON.parse(attribute.attribute_values)).toEqual(["free", "pro"]);
    });

    it("keep an inbox with its settings, forget one that is null, and hold its members", async () => {
      const { rest, account, profile } = await start();
      const website_url = "https://shop.example";
      const inbox = valueOf(await rest.inboxes.create(account, { name: "Shop", website_url }));
      expect(inbox).toMatchObject({ name: "Shop", website_url, settings: {}, allowed_domains: [] });
      expect(inbox.hmac_token).toBeTruthy();
      const settings = { greeting: "Hi", visibility: "hidden" } as const;
      const update = { settings, widget_color: "#aa0000", allowed_domains: ["shop.example"] };
      expect(valueOf(await rest.inboxes.update(account, inbox.id, update))).toMatchObject(update);
      const forget = { settings: { visibility: null } };
      const after = valueOf(await rest.inboxes.update(account, inbox.id, forget));
      expect(after.settings).toEqual({ greeting: "Hi" });
      expect(valueOf(await rest.listInboxMembers(account, inbox.id))).toEqual([]);
      const members = valueOf(await rest.setInboxMembers(account, inbox.id, [profile.id]));
      expect(members.map(({ id }) => id)).toEqual([profile.id]);
      expect(errorOf(await rest.listInboxMembers(account, 999_999)).code).toBe("not_found");
    });

    it("invite an agent, who sets a password once", async () => {
      const { rest, account } = await start();
      const email = `${crypto.randomUUID()}@example.com`;
      const added = valueOf(
        await rest.agents.create(account, { name: "Bea", email, role: "agent" }),
      );
      expect(added).toMatchObject({ email, role: "agent", confirmed: false });
      const token = added.invitation?.token ?? "";
      expect(errorOf(await rest.acceptInvitation(token, "weak")).fields?.[0]?.field).toBe(
        "password",
      );
      valueOf(await rest.acceptInvitation(token, "Better 1 horse"));
      const again = errorOf(await rest.acceptInvitation(token, "Better 1 horse"));
      expect(again.field).toBe("reset_password_token");
      const promoted = await rest.agents.update(account, added.id, { role: "administrator" });
      expect(valueOf(promoted)).toMatchObject({ role: "administrator", confirmed: true });
      valueOf(await rest.agents.remove(account, added.id));
    });

    it("keep custom roles, which agents may have and which go when none has", async () => {
      const { rest, account } = await start();
      const input = { name: "Lead", permissions: ["contact_manage" as const] };
      const role = valueOf(await rest.customRoles.create(account, input));
      expect(role).toMatchObject({ ...input, description: "" });
      expect(valueOf(await rest.customRoles.list(account))).toEqual([role]);
      const email = `${crypto.randomUUID()}@example.com`;
      const bea = { name: "Bea", email, role: "agent" as const, custom_role_id: role.id };
      const added = valueOf(await rest.agents.create(account, bea));
      expect(added).toMatchObject({ custom_role_id: role.id, active: true });
      expect(errorOf(await rest.customRoles.remove(account, role.id)).code).toBe("conflict");
      const change = { custom_role_id: null, active: false };
      expect(valueOf(await rest.agents.update(account, added.id, change))).toMatchObject(change);
      valueOf(await rest.customRoles.remove(account, role.id));
      expect(errorOf(await rest.customRoles.remove(account, role.id)).code).toBe("not_found");
    });

    it("show secrets once: of a webhook, of its rotation, of an access token", async () => {
      const { rest, account, profile } = await start();
      const hook = {
        url: "https://example.com/hook",
        subscriptions: ["message_created" as const],
        inbox_id: null,
      };
      const { secret, ...webhook } = valueOf(await rest.webhooks.create(account, hook));
      expect(secret).toBeTruthy();
      expect(valueOf(await rest.webhooks.list(account))).toEqual([webhook]);
      const rotated = valueOf(await rest.rotateWebhookSecret(account, webhook.id, 3_600));
      expect(rotated.secret).not.toBe(secret);
      expect(rotated.previous_secret_expires_at).not.toBeNull();
      expect(valueOf(await rest.listDeliveries(account, webhook.id, { page: 1 }))).toEqual([]);
      const missing = "00000000-0000-4000-8000-000000000000";
      expect(errorOf(await rest.redeliver(account, webhook.id, missing)).code).toBe("not_found");
      const off = await rest.webhooks.update(account, webhook.id, { enabled: false });
      expect(valueOf(off).enabled).toBe(false);

      const { token, ...known } = valueOf(
        await rest.accessTokens.create(account, { name: "Import", scopes: ["contacts"] }),
      );
      expect(token.endsWith(known.hint)).toBe(true);
      expect(known).toMatchObject({ user_id: profile.id, last_used_at: null });
      expect(valueOf(await rest.accessTokens.list(account))).toEqual([known]);
      valueOf(await rest.accessTokens.remove(account, known.id));
      expect(valueOf(await rest.accessTokens.list(account))).toEqual([]);
      const log = valueOf(await rest.listAuditLogs(account, 1));
      expect(log).toMatchObject({ per_page: 25, current_page: 1 });
    });

    it("give the profile another access token", async () => {
      const { rest, profile } = await start();
      const { id, access_token: before } = profile;
      const after = valueOf(await rest.resetAccessToken());
      expect(after.id).toBe(id);
      expect(after.access_token).not.toBe(before);
    });

    it("end the token of a profile, which has another one then", async () => {
      const { rest, profile, account } = await start();
      const ofMe = async () =>
        valueOf(await rest.listProfileTokens(account)).find(({ user_id: id }) => id === profile.id);
      const before = await ofMe();
      expect(before).toMatchObject({ email: profile.email, is_elsewhere: false });
      valueOf(await rest.revokeProfileToken(account, profile.id));
      expect((await ofMe())?.hint).not.toBe(before?.hint);
      expect(errorOf(await rest.revokeProfileToken(account, 999_999)).code).toBe("not_found");
    });

    it("change the own profile, and the password only with the present one", async () => {
      const { rest } = await start();
      const named = valueOf(await rest.updateProfile({ display_name: "Countess" }));
      expect(named.available_name).toBe("Countess");
      const unnamed = valueOf(await rest.updateProfile({ display_name: "" }));
      expect(unnamed).toMatchObject({ display_name: null, available_name: unnamed.name });
      const wrong = { current_password: "wrong", password: "Better 1 horse" };
      expect(errorOf(await rest.updateProfile(wrong)).field).toBe("current_password");
    });
  });
}
