// A new signing secret for a webhook, with an overlap in which the present one goes on.
import { useSignal } from "@preact/signals";
import type { Webhook } from "../../../protocol/records-webhooks.ts";
import { Dialog } from "../dialog.tsx";
import { formatFull } from "../format.ts";
import { failureText } from "../texts.ts";
import { useSettings } from "./context.ts";
import { ChoiceField } from "./fields.tsx";
import { Once } from "./once.tsx";
import { webhookTexts as words } from "./texts-webhooks.ts";
import { texts } from "./texts.ts";

type Overlap = keyof typeof words.overlaps;
const overlaps = Object.keys(words.overlaps) as Overlap[];

export function Rotation({ webhook }: { webhook: Webhook }) {
  const { rest, accountId, webhooks } = useSettings();
  const isAsking = useSignal(false);
  const isBusy = useSignal(false);
  const overlap = useSignal<Overlap>("86400");
  const secret = useSignal<string | null>(null);
  const problem = useSignal("");
  const until = webhook.previous_secret_expires_at;

  async function rotate(): Promise<void> {
    if (isBusy.peek()) return;
    isBusy.value = true;
    const seconds = Number(overlap.peek());
    const result = await rest.rotateWebhookSecret(accountId, webhook.id, seconds);
    isBusy.value = false;
    if (!result.ok) {
      problem.value = failureText(result.error);
      return;
    }
    const { secret: made, ...changed } = result.data;
    webhooks.take(changed);
    secret.value = made;
    isAsking.value = false;
  }

  return (
    <section class="settings-part" aria-labelledby="rotation-title">
      <h2 id="rotation-title">{words.secret}</h2>
      {secret.value ? (
        <Once
          label={words.secret}
          text={words.secretText}
          secret={secret.value}
          onDone={() => (secret.value = null)}
        />
      ) : (
        <p>
          <button type="button" class="button" onClick={() => (isAsking.value = true)}>
            {words.rotate}
          </button>
        </p>
      )}
      {until !== null && <p class="quiet">{words.rotatedUntil(formatFull(until * 1000))}</p>}
      {isAsking.value && (
        <Dialog
          label={words.rotateTitle}
          class="dialog question"
          onClose={() => (isAsking.value = false)}
        >
          <h2>{words.rotateTitle}</h2>
          <p>{words.rotateText}</p>
          <ChoiceField
            label={words.overlap}
            value={overlap.value}
            options={overlaps.map((value) => ({ value, label: words.overlaps[value] }))}
            onChange={(chosen) => (overlap.value = chosen)}
          />
          <p class="save-problem" role="alert">
            {problem}
          </p>
          <div class="question-buttons">
            <button type="button" class="button" onClick={() => (isAsking.value = false)}>
              {texts.cancel}
            </button>
            <button
              type="button"
              class="button button-primary"
              aria-disabled={isBusy.value}
              onClick={() => void rotate()}
            >
              {words.rotate}
            </button>
          </div>
        </Dialog>
      )}
    </section>
  );
}
