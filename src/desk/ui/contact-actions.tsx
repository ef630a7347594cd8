// What can be done with a contact: snooze, block, merge, delete. The last two ask first and say what happens.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Contact } from "../../protocol/records-contacts.ts";
import type { ContactSummary } from "../../protocol/records.ts";
import { Avatar } from "./avatar.tsx";
import { ConfirmDialog } from "./confirm-dialog.tsx";
import { useDesk, useWorkspace } from "./desk-context.ts";
import { contactName } from "./format.ts";
import { SnoozedIcon } from "./icons.tsx";
import { BlockIcon, MergeIcon, MoreIcon, TrashIcon } from "./icons-workspace.tsx";
import { Menu } from "./menu.tsx";
import { Picker } from "./picker.tsx";
import { contactTexts as texts, mergeText } from "./texts-contact.ts";
import { snoozeTexts } from "./texts-snooze.ts";

export function ContactMenu({ contact }: { contact: ContactSummary }) {
  const { session, layout } = useDesk();
  const { openContact } = useWorkspace();
  const isOpen = useSignal(false);
  const asking = useSignal<"merge" | "remove" | null>(null);
  const isAdministrator = session.profile.value?.role === "administrator";
  const close = () => void (asking.value = null);
  return (
    <>
      <Menu
        label={texts.actions}
        buttonClass="icon-button"
        isOpen={isOpen.value}
        onOpenChange={(open) => (isOpen.value = open)}
        items={[
          {
            id: "snooze",
            label: snoozeTexts.contactCommand,
            picture: <SnoozedIcon />,
            run: () => (layout.dialog.value = "snooze_contact"),
          },
          {
            id: "block",
            label: contact.blocked ? texts.unblock : texts.block,
            picture: <BlockIcon />,
            run: () => void openContact.setBlocked(!contact.blocked),
          },
          {
            id: "merge",
            label: texts.merge,
            picture: <MergeIcon />,
            run: () => (asking.value = "merge"),
          },
          ...(isAdministrator
            ? [
                {
                  id: "remove",
                  label: texts.remove,
                  picture: <TrashIcon />,
                  startsSection: true,
                  run: () => void (asking.value = "remove"),
                },
              ]
            : []),
        ]}
      >
        <MoreIcon />
      </Menu>
      {asking.value === "merge" && <MergeDialog contact={contact} onClose={close} />}
      {asking.value === "remove" && (
        <ConfirmDialog
          title={texts.removeTitle}
          action={texts.removeButton}
          typed={contactName(contact)}
          run={() => openContact.remove()}
          onClose={close}
        >
          <p dir="auto">
            <strong>{contactName(contact)}</strong>
          </p>
          <p>{texts.removeText}</p>
        </ConfirmDialog>
      )}
    </>
  );
}

function MergeDialog({ contact, onClose }: { contact: ContactSummary; onClose: () => void }) {
  const { openContact, contactFinder } = useWorkspace();
  const kept = useSignal<Contact | null>(null);
  const other = kept.value;
  const { words, contacts } = contactFinder;
  useEffect(() => () => contactFinder.type(""), []);
  if (other) {
    return (
      <ConfirmDialog
        title={texts.mergeTitle}
        action={texts.mergeButton}
        run={() => openContact.mergeInto(other)}
        onClose={onClose}
      >
        <p dir="auto">{mergeText(contactName(contact), contactName(other))}</p>
        <p>{texts.mergeFinal}</p>
      </ConfirmDialog>
    );
  }
  return (
    <Picker
      label={texts.merge}
      hint={texts.mergeHint}
      emptyText={words.value.trim() === "" ? texts.mergeTeach : texts.mergeEmpty}
      items={contacts.value.items
        .filter(({ id }) => id !== contact.id)
        .map((found) => ({
          id: String(found.id),
          label: contactName(found),
          detail: [found.email, found.phone_number].filter(Boolean).join(" · "),
          picture: <Avatar name={found.name} id={found.id} url={found.thumbnail} size="small" />,
          found,
        }))}
      onType={(typed) => contactFinder.type(typed)}
      onPick={({ found }) => (kept.value = found)}
      onClose={onClose}
    />
  );
}
