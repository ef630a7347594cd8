// The dialogs that put to sleep: the open conversation, or all that its contact has.
import type { Snooze } from "../../protocol/records-snoozes.ts";
import { useDesk, useWorkspace } from "./desk-context.ts";
import { contactName } from "./format.ts";
import { SnoozePicker } from "./snooze-picker.tsx";
import { mayChange } from "./snooze-rights.ts";
import { snoozeTexts } from "./texts-snooze.ts";
import { texts } from "./texts.ts";

/** Changes what the conversation sleeps by already, where that is the agent's to change. */
export function SnoozeDialog() {
  const { conversation, actions } = useWorkspace();
  const open = conversation.value;
  const { current, close, isOwn } = useCurrent("conversation");
  if (!open) return null;
  return (
    <SnoozePicker
      title={texts.snooze}
      current={current}
      onClose={close}
      onPick={(wish) => {
        close();
        void (current && isOwn
          ? actions.changeSnooze(current, wish)
          : actions.snooze(open.id, wish));
      }}
    />
  );
}

export function ContactSnoozeDialog() {
  const { conversation, actions } = useWorkspace();
  const contact = conversation.value?.meta.sender;
  const { current, close, isOwn } = useCurrent("contact");
  if (!contact) return null;
  return (
    <SnoozePicker
      title={snoozeTexts.contact}
      about={
        <>
          <strong dir="auto">{contactName(contact)}</strong>
          <span class="quiet">{snoozeTexts.contactHint}</span>
        </>
      }
      current={current}
      onClose={close}
      onPick={(wish) => {
        close();
        const isChange = current !== null && isOwn;
        void (isChange
          ? actions.changeSnooze(current, wish)
          : actions.snoozeContact(contact, wish));
      }}
    />
  );
}

function useCurrent(type: Snooze["object_type"]) {
  const { layout, session } = useDesk();
  const { openSnooze } = useWorkspace();
  const snooze = openSnooze.value;
  const current = snooze?.object_type === type ? snooze : null;
  return {
    current,
    isOwn: current !== null && mayChange(current, session.profile.value),
    close: () => void (layout.dialog.value = null),
  };
}
