// The log of a webhook: each delivery with its payload and the answer, and the button that sends it again.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { WEBHOOK_DELIVERIES_PAGE_SIZE } from "../../../protocol/limits.ts";
import { webhookDeliveryStates } from "../../../protocol/lists.ts";
import type { WebhookDeliveryState } from "../../../protocol/lists.ts";
import type { Webhook, WebhookDelivery } from "../../../protocol/records-webhooks.ts";
import type { Failure } from "../../../protocol/result.ts";
import { formatFull } from "../format.ts";
import { failureText, texts as common } from "../texts.ts";
import { useSettings } from "./context.ts";
import { ChoiceField } from "./fields.tsx";
import { webhookTexts as words } from "./texts-webhooks.ts";
import { texts } from "./texts.ts";

type Shown = WebhookDeliveryState | "all";

export function Deliveries({ webhook }: { webhook: Webhook }) {
  const { rest, accountId } = useSettings();
  const shown = useSignal<Shown>("all");
  const deliveries = useSignal<readonly WebhookDelivery[] | null>(null);
  const hasMore = useSignal(false);
  const failed = useSignal<Failure | null>(null);
  const pages = useSignal(0);
  const asked = useSignal(0);

  async function load(page: number): Promise<void> {
    const turn = (asked.value += 1);
    const state = shown.peek();
    const query = { page, ...(state === "all" ? {} : { state }) };
    const result = await rest.listDeliveries(accountId, webhook.id, query);
    if (turn !== asked.peek()) return;
    failed.value = result.ok ? null : result.error;
    if (!result.ok) return;
    const before = page === 1 ? [] : (deliveries.peek() ?? []);
    const known = new Set(before.map(({ id }) => id));
    deliveries.value = [...before, ...result.data.filter(({ id }) => !known.has(id))];
    hasMore.value = result.data.length === WEBHOOK_DELIVERIES_PAGE_SIZE;
    pages.value = page;
  }
  useEffect(() => void load(1), []);

  const replace = (changed: WebhookDelivery) => {
    deliveries.value =
      deliveries.peek()?.map((one) => (one.id === changed.id ? changed : one)) ?? null;
  };
  return (
    <section aria-label={words.deliveries}>
      <div class="list-tools">
        <ChoiceField
          label={words.state}
          value={shown.value}
          options={[
            { value: "all", label: texts.all },
            ...webhookDeliveryStates.map((value) => ({ value, label: words.states[value] })),
          ]}
          onChange={(state) => {
            shown.value = state;
            void load(1);
          }}
        />
        <button type="button" class="button" onClick={() => void load(1)}>
          {words.refresh}
        </button>
      </div>
      {failed.value && <p role="alert">{failureText(failed.value)}</p>}
      {deliveries.value?.length === 0 && <p class="quiet">{words.noDeliveries}</p>}
      {deliveries.value && deliveries.value.length > 0 && (
        <ul class="kept-rows" aria-label={words.deliveries}>
          {deliveries.value.map((delivery) => (
            <Delivery
              key={delivery.id}
              delivery={delivery}
              isOn={webhook.enabled}
              onChanged={replace}
            />
          ))}
        </ul>
      )}
      {hasMore.value && (
        <button type="button" class="button" onClick={() => void load(pages.peek() + 1)}>
          {common.showMore}
        </button>
      )}
    </section>
  );
}

function Body({ text }: { text: string }) {
  // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long one is scrolled by keyboard
  return <pre tabIndex={0}>{text}</pre>;
}

interface Props {
  delivery: WebhookDelivery;
  /** One that is switched off takes nothing. */
  isOn: boolean;
  onChanged: (delivery: WebhookDelivery) => void;
}

function Delivery({ delivery, isOn, onChanged }: Props) {
  const { rest, accountId } = useSettings();
  const said = useSignal("");
  const { state, response_status: status, failure_message: fault } = delivery;

  async function again(): Promise<void> {
    const result = await rest.redeliver(accountId, delivery.webhook_id, delivery.id);
    said.value = result.ok ? words.redelivered : failureText(result.error);
    if (result.ok) onChanged(result.data);
  }

  const facts = [
    formatFull(delivery.created_at * 1000),
    words.attempts(delivery.attempts),
    ...(status === null ? [] : [`HTTP ${status}`]),
    ...(delivery.duration_ms === null ? [] : [words.tookMs(delivery.duration_ms)]),
    ...(state === "pending" && delivery.next_attempt_at
      ? [words.nextAttempt(formatFull(delivery.next_attempt_at * 1000))]
      : []),
  ];
  return (
    <li class="kept-row">
      <div class="kept-row-words">
        <span class="kept-row-title">{delivery.event}</span>
        <div class="quiet kept-row-detail">{facts.join(" · ")}</div>
        <details>
          <summary>
            {words.payload} / {words.answer}
          </summary>
          <h3>{words.payload}</h3>
          <Body text={JSON.stringify(delivery.payload, null, 2)} />
          <h3>{words.answer}</h3>
          <Body text={delivery.response_body || fault || words.noAnswer} />
          {isOn && (
            <button type="button" class="button" onClick={() => void again()}>
              {words.redeliver}
            </button>
          )}{" "}
          <output class="quiet">{said}</output>
        </details>
      </div>
      <span class={`row-state row-${state}`}>{words.states[state]}</span>
    </li>
  );
}
