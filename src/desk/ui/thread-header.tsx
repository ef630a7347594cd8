// Above the thread: whom one talks to, and what can be done with the conversation.
import { useSignal } from "@preact/signals";
import type { Conversation } from "../../protocol/records.ts";
import { AssignMenu } from "./assign-menu.tsx";
import { BackButton } from "./back-button.tsx";
import { useDesk, useWorkspace } from "./desk-context.ts";
import { contactName } from "./format.ts";
import { snoozedText } from "./snooze-times.ts";
import { PanelIcon, ReopenIcon, ResolvedIcon, SnoozedIcon } from "./icons.tsx";
import { FollowIcon, LabelIcon, MoreIcon, MutedIcon, PriorityIcon } from "./icons-workspace.tsx";
import { Menu } from "./menu.tsx";
import { numberText, statusTexts, texts } from "./texts.ts";
import { workspaceTexts } from "./texts-workspace.ts";

export function ThreadHeader() {
  const { layout } = useDesk();
  const conversation = useWorkspace().conversation.value;
  const isPanelOpen = layout.isContactPanelOpen.value;
  return (
    <header class="pane-head thread-head">
      <BackButton />
      {conversation ? <Title conversation={conversation} /> : <span class="bone bone-title" />}
      <div class="thread-actions">
        {conversation && <AssignMenu conversation={conversation} />}
        {conversation && <SnoozeButton />}
        {conversation && <StatusButton conversation={conversation} />}
        {conversation && <MoreMenu conversation={conversation} />}
        <button
          type="button"
          class="icon-button"
          aria-label={texts.showContact}
          title={texts.showContact}
          aria-pressed={isPanelOpen}
          onClick={() => layout.setContactPanelOpen(!isPanelOpen)}
        >
          <PanelIcon />
        </button>
      </div>
    </header>
  );
}

function Title({ conversation }: { conversation: Conversation }) {
  const { inboxes } = useWorkspace();
  const inbox = inboxes.all.value.find(({ id }) => id === conversation.inbox_id);
  const { status, snoozed_until: until } = conversation;
  const now = useDesk().now.value;
  return (
    <div class="thread-title">
      <h1 dir="auto">{contactName(conversation.meta.sender)}</h1>
      <p class="quiet">
        <span class={`status status-${status}`}>
          {status === "snoozed" ? snoozedText(until && until * 1000, now) : statusTexts[status]}
        </span>
        {" · "}
        {numberText(conversation.id)}
        {inbox && ` · ${inbox.name}`}
      </p>
    </div>
  );
}

function SnoozeButton() {
  const { layout } = useDesk();
  return (
    <button
      type="button"
      class="icon-button snooze-button"
      aria-label={texts.snooze}
      title={texts.snooze}
      aria-haspopup="dialog"
      onClick={() => (layout.dialog.value = "snooze")}
    >
      <SnoozedIcon />
    </button>
  );
}

function StatusButton({ conversation }: { conversation: Conversation }) {
  const { actions } = useWorkspace();
  const { id, status } = conversation;
  const isResolved = status === "resolved";
  const label = isResolved ? texts.reopen : texts.resolve;
  return (
    <button
      type="button"
      class={isResolved ? "button" : "button button-primary"}
      title={label}
      onClick={() => void (isResolved ? actions.reopen(id) : actions.resolve(id))}
    >
      {isResolved ? <ReopenIcon /> : <ResolvedIcon />}
      <span class="button-label">{label}</span>
    </button>
  );
}

function MoreMenu({ conversation }: { conversation: Conversation }) {
  const { layout } = useDesk();
  const { actions } = useWorkspace();
  const isOpen = useSignal(false);
  const { id, muted } = conversation;
  return (
    <Menu
      label={workspaceTexts.more}
      buttonClass="icon-button"
      isOpen={isOpen.value}
      onOpenChange={(open) => (isOpen.value = open)}
      items={[
        {
          id: "labels",
          label: workspaceTexts.changeLabels,
          picture: <LabelIcon />,
          keys: "L",
          run: () => (layout.dialog.value = "labels"),
        },
        {
          id: "priority",
          label: workspaceTexts.changePriority,
          picture: <PriorityIcon />,
          keys: "P",
          run: () => (layout.dialog.value = "priority"),
        },
        {
          id: "snooze",
          label: workspaceTexts.snooze,
          picture: <SnoozedIcon />,
          keys: "S",
          run: () => (layout.dialog.value = "snooze"),
        },
        {
          id: "followers",
          label: workspaceTexts.changeFollowers,
          picture: <FollowIcon />,
          run: () => (layout.dialog.value = "followers"),
        },
        {
          id: "mute",
          label: muted ? workspaceTexts.unmute : workspaceTexts.mute,
          picture: <MutedIcon />,
          keys: "M",
          run: () => void actions.setMuted(id, !muted),
        },
      ]}
    >
      <MoreIcon />
    </Menu>
  );
}
