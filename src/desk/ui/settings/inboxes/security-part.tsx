// Which websites may embed the chat, and how they say for sure who their visitors are.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { InboxDetails } from "../../../../protocol/records-administration.ts";
import { createForm } from "../../../store/settings/form.ts";
import { useForm, useSettings } from "../context.ts";
import { CopyLine, EditorForm } from "../editor-form.tsx";
import { CheckField, LinesField, saidLines } from "../fields.tsx";
import { useCopy } from "../use-copy.ts";
import type { PartProps } from "./inboxes-page.tsx";
import { securityTexts as words } from "./texts.ts";

const valuesOf = ({ allowed_domains, hmac_mandatory }: InboxDetails) => ({
  allowed_domains,
  hmac_mandatory,
});

export function SecurityPart({ inbox }: PartProps) {
  const { inboxes } = useSettings();
  const form = useForm(() =>
    createForm({
      initial: valuesOf(inbox),
      fields: ["allowed_domains"],
      async save(values) {
        const allowed_domains = saidLines(values.allowed_domains);
        const result = await inboxes.update(inbox.id, { ...values, allowed_domains });
        return result.ok ? { ok: true, data: valuesOf(result.data) } : result;
      },
    }),
  );
  useEffect(() => form.rebase(valuesOf(inbox)), [inbox]);
  return (
    <>
      <EditorForm form={form}>
        <LinesField
          label={words.domains}
          hint={words.domainsHint}
          {...form.field("allowed_domains")}
          placeholder={"example.com\n*.example.com"}
        />
        <CheckField
          label={words.mandatory}
          hint={words.mandatoryHint}
          {...form.field("hmac_mandatory")}
        />
      </EditorForm>
      <IdentitySecret secret={inbox.hmac_token} />
    </>
  );
}

function IdentitySecret({ secret }: { secret: string | undefined }) {
  const isShown = useSignal(false);
  const copy = useCopy();
  if (secret === undefined) return null;
  return (
    <section class="settings-part" aria-labelledby="identity-title">
      <h2 id="identity-title">{words.identity}</h2>
      <p>{words.identityText}</p>
      {isShown.value && <CopyLine label={words.secret} text={secret} copy={() => copy(secret)} />}
      <p>
        <button
          type="button"
          class="button"
          aria-expanded={isShown.value}
          onClick={() => (isShown.value = !isShown.value)}
        >
          {isShown.value ? words.hide : words.show}
        </button>
      </p>
    </section>
  );
}
