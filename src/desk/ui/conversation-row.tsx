// One conversation in the list: who, what last, when, unread, waiting, whose, from which inbox.
import type { Agent, Conversation } from "../../protocol/records.ts";
import { filterOf, formatRoute } from "../store/route.ts";
import { Avatar } from "./avatar.tsx";
import { useDesk, useWorkspace } from "./desk-context.ts";
import { contactName, formatDuration, formatFull, previewOf } from "./format.ts";
import { ClockIcon, LockIcon, SnoozedIcon } from "./icons.tsx";
import { GlobeIcon, MutedIcon } from "./icons-workspace.tsx";
import { LabelChip } from "./label-chip.tsx";
import { followLink } from "./links.ts";
import { PriorityMark } from "./priority-mark.tsx";
import { RelativeTime } from "./relative-time.tsx";
import { snoozedText, wakesText } from "./snooze-times.ts";
import { assignedText, statusTexts, texts, typingText, unreadText, waitingText } from "./texts.ts";
import { inboxText, moreLabelsText, workspaceTexts } from "./texts-workspace.ts";

interface Props {
  conversation: Conversation;
  isOpen: boolean;
  isTabStop: boolean;
  onReach: (id: number) => void;
}

export function ConversationRow({ conversation, isOpen, isTabStop, onReach }: Props) {
  const workspace = useWorkspace();
  const { router } = useDesk();
  const { id, unread_count: unread } = conversation;
  const contact = conversation.meta.sender;
  return (
    <li>
      <a
        class={unread > 0 ? "row row-unread" : "row"}
        href={formatRoute({
          view: workspace.view.value,
          conversationId: id,
          ...filterOf(router.route.value),
        })}
        aria-current={isOpen ? "true" : undefined}
        tabIndex={isTabStop ? 0 : -1}
        onFocus={() => onReach(id)}
        onClick={(event) => followLink(event, () => workspace.open(id))}
      >
        <Avatar name={contact.name} id={contact.id} url={contact.thumbnail} />
        <span class="row-body">
          <span class="row-line">
            <span class="row-name" dir="auto">
              {contactName(contact)}
            </span>
            {conversation.priority && <PriorityMark priority={conversation.priority} isNamed />}
            {conversation.muted && <Muted />}
            <Waiting conversation={conversation} />
            <Wakes conversation={conversation} />
            <span class="row-time">
              <RelativeTime atMs={conversation.last_activity_at * 1000} />
            </span>
          </span>
          <span class="row-line">
            <Preview conversation={conversation} />
            {(workspace.view.value === "all" || workspace.filter.value) && (
              <span class="fact">{statusTexts[conversation.status]}</span>
            )}
            {unread > 0 && (
              <span class="badge">
                <span aria-hidden="true">{unread > 99 ? "99+" : unread}</span>
                <span class="visually-hidden">{unreadText(unread)}</span>
              </span>
            )}
            <Assignee assignee={conversation.meta.assignee} />
          </span>
          <Marks conversation={conversation} />
        </span>
      </a>
    </li>
  );
}

const LABELS_SHOWN = 3;

/** The inbox, where the account has several, and the labels. */
function Marks({ conversation: { inbox_id: inboxId, labels } }: { conversation: Conversation }) {
  const all = useWorkspace().inboxes.all.value;
  const inbox = all.length > 1 ? all.find(({ id }) => id === inboxId) : undefined;
  if (!inbox && labels.length === 0) return null;
  const hidden = labels.slice(LABELS_SHOWN);
  return (
    <span class="row-line row-labels">
      {inbox && (
        <span class="row-inbox" title={inboxText(inbox.name)}>
          <GlobeIcon />
          <span class="visually-hidden">{inboxText("")}</span>
          <span class="chip-name" dir="auto">
            {inbox.name}
          </span>
        </span>
      )}
      {labels.slice(0, LABELS_SHOWN).map((title) => (
        <LabelChip key={title} title={title} />
      ))}
      {hidden.length > 0 && (
        <span class="chip" title={hidden.join(", ")}>
          <span aria-hidden="true">+{hidden.length}</span>
          <span class="visually-hidden">{moreLabelsText(hidden.length)}</span>
        </span>
      )}
    </span>
  );
}

function Muted() {
  return (
    <span class="row-muted" title={workspaceTexts.mutedHint}>
      <MutedIcon />
      <span class="visually-hidden">{workspaceTexts.muted}</span>
    </span>
  );
}

function Preview({ conversation }: { conversation: Conversation }) {
  const { typing, agentId } = useWorkspace();
  const isTyping = typing.of(conversation.id).some(({ sender }) => sender.type === "contact");
  const [last] = conversation.messages;
  if (isTyping) {
    return (
      <span class="row-preview row-typing">
        {typingText([contactName(conversation.meta.sender)])}
      </span>
    );
  }
  return (
    <span class="row-preview" dir="auto">
      {last?.private && (
        <span class="row-note">
          <LockIcon />
          <span class="visually-hidden">{texts.note}: </span>
        </span>
      )}
      {last ? previewOf(last, agentId) : texts.noMessages}
    </span>
  );
}

function Waiting({ conversation }: { conversation: Conversation }) {
  const now = useDesk().now.value;
  const { waiting_since: waitingSince, status } = conversation;
  if (waitingSince === null || status !== "open") return null;
  const waitedMs = now - waitingSince * 1000;
  // Who has just written is not waiting yet.
  if (waitedMs < 60_000) return null;
  const duration = formatDuration(waitedMs);
  return (
    <span class="fact fact-waiting" title={waitingText(duration)}>
      <ClockIcon />
      <span aria-hidden="true">{duration}</span>
      <span class="visually-hidden">{waitingText(duration)}</span>
    </span>
  );
}

/** When a sleeping conversation wakes. */
function Wakes({ conversation }: { conversation: Conversation }) {
  const now = useDesk().now.value;
  const { snoozed_until: until, status } = conversation;
  if (status !== "snoozed") return null;
  const untilMs = until && until * 1000;
  return (
    <span class="fact fact-wakes" title={untilMs === null ? undefined : formatFull(untilMs)}>
      <SnoozedIcon />
      <span class="visually-hidden">{snoozedText(untilMs, now)}</span>
      <span aria-hidden="true">{wakesText(untilMs, now)}</span>
    </span>
  );
}

function Assignee({ assignee }: { assignee: Agent | null }) {
  const label = assignee ? assignedText(assignee.available_name) : texts.unassigned;
  return (
    <span class="row-assignee" title={label}>
      <span class="visually-hidden">{label}</span>
      {assignee ? (
        <Avatar
          name={assignee.available_name}
          id={assignee.id}
          url={assignee.avatar_url}
          size="small"
        />
      ) : (
        <span class="avatar avatar-small avatar-nobody" aria-hidden="true" />
      )}
    </span>
  );
}
