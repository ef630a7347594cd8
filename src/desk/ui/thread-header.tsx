// Above the thread: whom one talks to, and what can be done with the conversation.
import type { Agent, Conversation } from "../../protocol/records.ts";
import { Avatar } from "./avatar.tsx";
import { BackButton } from "./back-button.tsx";
import { useDesk, useWorkspace } from "./desk-context.ts";
import { contactName } from "./format.ts";
import { snoozedText } from "./snooze-times.ts";
import {
  AssignToIcon,
  ChevronDownIcon,
  PanelIcon,
  ReopenIcon,
  ResolvedIcon,
  SnoozedIcon,
} from "./icons.tsx";
import { Menu } from "./menu.tsx";
import type { MenuItem } from "./menu.tsx";
import { AvailabilityDot } from "./availability-dot.tsx";
import { numberText, statusTexts, texts } from "./texts.ts";

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
      <h2 dir="auto">{contactName(conversation.meta.sender)}</h2>
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

function AssignMenu({ conversation }: { conversation: Conversation }) {
  const { layout } = useDesk();
  const { agents, agentId, actions } = useWorkspace();
  const { assignee } = conversation.meta;
  const self = agents.all.value.find(({ id }) => id === agentId);
  const others = agents.all.value.filter(({ id }) => id !== agentId);

  const itemOf = (agent: Agent, label: string): MenuItem => ({
    id: String(agent.id),
    label,
    picture: (
      <span class="avatar-holder">
        <Avatar name={agent.available_name} id={agent.id} url={agent.avatar_url} size="small" />
        <AvailabilityDot availability={agent.availability_status} />
      </span>
    ),
    isChecked: agent.id === assignee?.id,
    run: () => void actions.assign(conversation.id, agent),
  });
  const items = [
    ...(self ? [itemOf(self, texts.assignToMe)] : []),
    {
      id: "nobody",
      label: texts.unassigned,
      picture: <span class="avatar avatar-small avatar-nobody" aria-hidden="true" />,
      isChecked: assignee === null,
      run: () => void actions.assign(conversation.id, null),
    },
    ...others.map((agent, index) =>
      Object.assign(itemOf(agent, agent.available_name), { startsSection: index === 0 }),
    ),
  ];

  return (
    <Menu
      label={texts.assign}
      isNamedByContent
      buttonClass="button assign-button"
      isOpen={layout.isAssignMenuOpen.value}
      onOpenChange={(isOpen) => (layout.isAssignMenuOpen.value = isOpen)}
      items={items}
      startsAtTop
    >
      {assignee ? (
        <Avatar
          name={assignee.available_name}
          id={assignee.id}
          url={assignee.avatar_url}
          size="small"
        />
      ) : (
        <AssignToIcon />
      )}
      <span class="button-label">
        {assignee && <span class="visually-hidden">{texts.assign}: </span>}
        {assignee ? assignee.available_name : texts.assign}
      </span>
      <ChevronDownIcon />
    </Menu>
  );
}

function SnoozeButton() {
  const { layout } = useDesk();
  return (
    <button
      type="button"
      class="icon-button"
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
