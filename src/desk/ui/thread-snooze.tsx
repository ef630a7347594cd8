// Above a sleeping conversation: until when, by whom, what for, and how to change or end it.
import type { Conversation } from "../../protocol/records.ts";
import { useDesk, useWorkspace } from "./desk-context.ts";
import { formatFull } from "./format.ts";
import { SnoozedIcon } from "./icons.tsx";
import { mayChange } from "./snooze-rights.ts";
import { snoozedText } from "./snooze-times.ts";
import { goesToText, snoozedByText, snoozeTexts, togetherText } from "./texts-snooze.ts";
import { texts } from "./texts.ts";

export function ThreadSnooze({ conversation }: { conversation: Conversation }) {
  const { layout, session, now } = useDesk();
  const { actions, agents, openSnooze } = useWorkspace();
  if (conversation.status !== "snoozed") return null;
  const { id, snoozed_until: until } = conversation;
  const untilMs = until && until * 1000;
  const snooze = openSnooze.value;
  const maker = agents.all.value.find((agent) => agent.id === snooze?.created_by);
  const isOfContact = snooze?.object_type === "contact";
  const isOwn = snooze !== null && mayChange(snooze, session.profile.value);
  return (
    <section class="thread-snooze" aria-label={texts.snooze}>
      <SnoozedIcon />
      <div class="thread-snooze-said">
        <p>
          <strong title={untilMs === null ? undefined : formatFull(untilMs)}>
            {snoozedText(untilMs, now.value)}
          </strong>
          <span class="quiet">
            {[
              ...(isOfContact ? [togetherText(snooze.conversation_ids.length)] : []),
              ...(maker ? [snoozedByText(maker.available_name)] : []),
              ...(snooze?.users.length ? [goesToText(snooze.users.map(({ name }) => name))] : []),
            ].map((said) => ` · ${said}`)}
          </span>
        </p>
        {snooze?.message && (
          <p class="thread-snooze-note" dir="auto">
            {snooze.message}
          </p>
        )}
      </div>
      <div class="thread-snooze-actions">
        <button
          type="button"
          class="text-button"
          onClick={() => (layout.dialog.value = isOfContact && isOwn ? "snooze_contact" : "snooze")}
        >
          {snoozeTexts.change}
        </button>
        <button type="button" class="text-button" onClick={() => void actions.reopen(id)}>
          {texts.unsnooze}
        </button>
        {isOfContact && isOwn && snooze.conversation_ids.length > 1 && (
          <button type="button" class="text-button" onClick={() => void actions.endSnooze(snooze)}>
            {snoozeTexts.wakeAll}
          </button>
        )}
      </div>
    </section>
  );
}
