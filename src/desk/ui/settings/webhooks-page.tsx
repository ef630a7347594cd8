// Webhooks: the list, the form of one, its secret and its log.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { URL_MAX_LENGTH } from "../../../protocol/limits.ts";
import { webhookEvents } from "../../../protocol/lists.ts";
import type { WebhookEvent } from "../../../protocol/lists.ts";
import type { Webhook } from "../../../protocol/records-webhooks.ts";
import { createForm } from "../../store/settings/form.ts";
import type { Form } from "../../store/settings/form.ts";
import { formatFull } from "../format.ts";
import { useForm, useGo, useSettings } from "./context.ts";
import { DiscardButton, EditorForm } from "./editor-form.tsx";
import { CheckField, ChoiceField, ManyField, TextField } from "./fields.tsx";
import { ItemPages, ItemRows } from "./item-pages.tsx";
import { Once } from "./once.tsx";
import { Kept, Page } from "./page.tsx";
import type { PageProps } from "./settings-area.tsx";
import { Tabs } from "./tabs.tsx";
import { emptyProblem } from "./texts-lists.ts";
import { webhookTexts as words } from "./texts-webhooks.ts";
import { texts } from "./texts.ts";
import { Deliveries } from "./webhook-deliveries.tsx";
import { Rotation } from "./webhook-rotation.tsx";

const fields = ["url", "subscriptions", "inbox_id"];

export function WebhooksPage({ path }: PageProps) {
  const { webhooks } = useSettings();
  return (
    <ItemPages
      section="webhooks"
      path={path}
      list={webhooks}
      create={words.create}
      rows={(items) => (
        <ItemRows
          section="webhooks"
          items={items}
          words={words}
          row={(webhook) => ({
            title: webhook.url,
            detail: webhook.subscriptions.join(", "),
            end: <State webhook={webhook} />,
          })}
        />
      )}
      editor={(webhook, [tab]) =>
        webhook ? (
          <WebhookPages key={webhook.id} webhook={webhook} tab={tab ?? ""} />
        ) : (
          <NewWebhook />
        )
      }
    />
  );
}

function State({ webhook }: { webhook: Webhook }) {
  if (!webhook.enabled) return <span class="row-state row-waiting">{words.off}</span>;
  if (webhook.failing_since) return <span class="row-state row-failing">{words.failing}</span>;
  return <span class="row-state">{words.on}</span>;
}

interface Values {
  url: string;
  subscriptions: WebhookEvent[];
  /** Empty: every inbox. */
  inbox: string;
}

const sentOf = ({ url, subscriptions, inbox }: Values) => ({
  url,
  subscriptions,
  inbox_id: inbox === "" ? null : Number(inbox),
});
const check = ({ url, subscriptions }: Values) => [
  ...emptyProblem("url", url),
  ...emptyProblem("subscriptions", subscriptions.join("")),
];

function Fields<Some extends Values>({ form }: { form: Form<Some> }) {
  const { inboxes } = useSettings();
  const { url, subscriptions, inbox } = form.values.value;
  const set = (patch: Partial<Values>) => form.set(patch as Partial<Some>);
  return (
    <>
      <TextField
        label={words.url}
        hint={words.urlHint}
        type="url"
        dir="ltr"
        problem={form.problemOf("url")}
        value={url}
        maxLength={URL_MAX_LENGTH}
        placeholder="https://example.com/hooks/parlor"
        isRequired
        onChange={(url) => set({ url })}
      />
      <ManyField
        label={words.events}
        problem={form.problemOf("subscriptions")}
        options={webhookEvents.map((value) => ({ value, label: value }))}
        value={subscriptions}
        onChange={(subscriptions) => set({ subscriptions })}
      />
      <ChoiceField
        label={words.inbox}
        problem={form.problemOf("inbox_id")}
        value={inbox}
        options={[
          { value: "", label: words.everyInbox },
          ...inboxes.items.value.map(({ id, name }) => ({ value: String(id), label: name })),
        ]}
        onChange={(inbox) => set({ inbox })}
      />
    </>
  );
}

function NewWebhook() {
  const { webhooks, inboxes } = useSettings();
  const go = useGo();
  const made = useSignal<{ id: number; url: string; secret: string } | null>(null);
  const form = useForm(() =>
    createForm<Values>({
      initial: { url: "", subscriptions: ["message_created"], inbox: "" },
      fields,
      check,
      async save(values) {
        const result = await webhooks.create(sentOf(values));
        if (!result.ok) return result;
        made.value = result.data;
        return { ok: true, data: values };
      },
    }),
  );
  if (made.value) {
    const { id, url, secret } = made.value;
    return (
      <Page title={url} back="webhooks">
        <Once
          label={words.secret}
          text={words.secretText}
          secret={secret}
          onDone={() => go(`webhooks/${id}`, "replace")}
        />
      </Page>
    );
  }
  return (
    <Page title={words.create} back="webhooks">
      <Kept list={inboxes}>
        <EditorForm form={form} isNew submit={texts.create}>
          <Fields form={form} />
        </EditorForm>
      </Kept>
    </Page>
  );
}

function WebhookPages({ webhook, tab }: { webhook: Webhook; tab: string }) {
  const base = `webhooks/${webhook.id}`;
  return (
    <Page
      title={webhook.url}
      back="webhooks"
      tabs={
        <Tabs
          label={words.tabs}
          base={base}
          current={tab}
          tabs={[
            { path: "", label: words.settings },
            { path: "deliveries", label: words.deliveries },
          ]}
        />
      }
    >
      <SwitchedOff webhook={webhook} />
      {tab === "deliveries" ? (
        <Deliveries webhook={webhook} />
      ) : (
        <>
          <WebhookEditor webhook={webhook} />
          <Rotation webhook={webhook} />
        </>
      )}
    </Page>
  );
}

function SwitchedOff({ webhook }: { webhook: Webhook }) {
  const { webhooks } = useSettings();
  const { switched_off_at: at, switched_off_reason: reason, failing_since: since } = webhook;
  if (at && reason && !webhook.enabled) {
    return (
      <div class="notice notice-failing">
        <p>{words.switchedOff[reason](formatFull(at * 1000))}</p>
        <button
          type="button"
          class="button"
          onClick={() => void webhooks.update(webhook.id, { enabled: true })}
        >
          {words.switchOn}
        </button>
      </div>
    );
  }
  return since ? (
    <p class="notice notice-failing">{words.failingSince(formatFull(since * 1000))}</p>
  ) : null;
}

const valuesOf = ({ url, subscriptions, inbox_id, enabled }: Webhook) => ({
  url,
  subscriptions: webhookEvents.filter((event) => subscriptions.includes(event)),
  inbox: inbox_id === null ? "" : String(inbox_id),
  enabled,
});

function WebhookEditor({ webhook }: { webhook: Webhook }) {
  const { webhooks, inboxes } = useSettings();
  const form = useForm(() =>
    createForm<Values & { enabled: boolean }>({
      initial: valuesOf(webhook),
      fields,
      check,
      async save(values) {
        const sent = { ...sentOf(values), enabled: values.enabled };
        const result = await webhooks.update(webhook.id, sent);
        return result.ok ? { ok: true, data: valuesOf(result.data) } : result;
      },
    }),
  );
  useEffect(() => form.rebase(valuesOf(webhook)), [webhook]);
  return (
    <Kept list={inboxes}>
      <EditorForm
        form={form}
        more={
          <DiscardButton
            section="webhooks"
            hint={words.removeText}
            discard={() => webhooks.discard(webhook.id, webhook.url)}
          />
        }
      >
        <Fields form={form} />
        <CheckField label={words.enabled} hint={words.enabledHint} {...form.field("enabled")} />
      </EditorForm>
    </Kept>
  );
}
