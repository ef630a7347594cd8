// The statement behind every message: one round trip that checks who writes, locks the conversation,
// numbers and stores the message, brings the conversation up to date and records the events.
// Nothing that can change is read before the lock, so order by seq is order by id.
import { reaches } from "../agents/permissions.ts";

/** A named statement is parsed and planned once for each connection. */
export interface Statement {
  name: string;
  text: string;
}

interface Side {
  name: string;
  /** CTE `who`: the sender, one row or none; and which conversations `c` he may write to. */
  who: string;
  mayWrite: string;
  senderType: "contact" | "user";
  messageType: "incoming" | "outgoing";
  isPrivate: boolean;
  /** Its type and its attributes in SQL, where it may be more than text. */
  kind: string;
  /** Whose id the message bears: a contact's as the lock finds it, for he may just have been merged. */
  senderId: string;
  /** Condition on `c` and `w`: nobody is to be disturbed by it. */
  quiet: string;
  /** Condition on the locked row `o`: this message opens the conversation again. */
  reopens: string;
  /** What else the message changes of the conversation, read from the locked row `n`. */
  changes: string[];
}

// $1 sender's row, $2 account, $3 number of the conversation, $4 content, $5 echo id, $6 now, $7 content tree;
// of a reply: $8 content type, $9 content attributes
const visitorWho = `
  select ci.id, ci.contact_id as sender_id, ci.inbox_id, ci.hmac_verified,
    ct.blocked, ct.name as sender_name, ct.avatar_url as sender_avatar_url
  from contact_inboxes ci join contacts ct on ct.id = ci.contact_id
  where ci.id = $1`;

const agentWho = `
  select u.id, u.id as sender_id, au.role, r.permissions,
    coalesce(u.display_name, u.name) as sender_name, u.avatar_url as sender_avatar_url
  from users u join account_users au on au.user_id = u.id and au.account_id = $2 and au.active
  left join custom_roles r on r.id = au.custom_role_id
  where u.id = $1`;

const agentMayWrite = `
  (w.role = 'administrator' or exists (
    select 1 from inbox_members im where im.inbox_id = c.inbox_id and im.user_id = w.id)
    and (w.permissions is null or ${reaches("c", "w.permissions", "w.id")}))`;

/** The line that says so, in English; a view chooses its own words by the code. */
export const reopenedLine = {
  content: "Conversation was reopened by a new message",
  content_attributes: { code: "conversation_reopened", by: "message" },
} as const;

function statementOf(side: Side): Statement {
  const text = `
with w as materialized (${side.who}),
o as materialized (
  select c.*, ${side.quiet} as quiet, ${side.senderId} as sender_id, w.sender_name, w.sender_avatar_url
  from conversations c cross join w
  where c.account_id = $2 and c.display_id = $3 and ${side.mayWrite}
  for no key update of c
),
n as materialized (
  select o.*, ${side.reopens} as reopens,
    case when ${side.reopens} then nextval('messages_id_seq') end as line_id,
    nextval('messages_id_seq') as message_id
  from o
),
c as (
  update conversations set
    seq = n.seq + 1 + n.reopens::int * 2,
    ${["last_message_id = n.message_id", ...side.changes].join(",\n    ")}
  from n where conversations.id = n.id
  returning conversations.*
),
stored as (
  insert into messages (id, account_id, conversation_id, seq, changed_seq, message_type, content,
    content_tree, content_type, content_attributes, private, echo_id, sender_type, sender_id, created_at)
  overriding system value
  select n.line_id, n.account_id, n.id, n.seq + 2, n.seq + 2, 'activity', '${reopenedLine.content}',
    null, 'text', '${JSON.stringify(reopenedLine.content_attributes)}'::jsonb, false, null, 'system', 0, $6::timestamptz
  from n where n.reopens
  union all
  select n.message_id, n.account_id, n.id, c.seq, c.seq, '${side.messageType}', $4::text,
    $7::jsonb, ${side.kind}, ${side.isPrivate}, $5::text, '${side.senderType}', n.sender_id, $6::timestamptz
  from n join c on c.id = n.id
),
recorded as (
  insert into events (account_id, conversation_id, message_id, name, seq, actor_type, actor_id, changes)
  select n.account_id, n.id, null, 'conversation:updated', n.seq + 1, '${side.senderType}', n.sender_id,
    jsonb_build_object('status', jsonb_build_array(n.status, 'open')) from n where n.reopens
  union all
  select n.account_id, n.id, n.line_id, 'message:created', n.seq + 2, 'system', 0, '{}'::jsonb
  from n where n.reopens
  union all
  select n.account_id, n.id, n.message_id, 'message:created', c.seq, '${side.senderType}', n.sender_id,
    '{}'::jsonb from n join c on c.id = n.id
)
select n.id, n.account_id, n.inbox_id, n.contact_id, n.contact_inbox_id, n.display_id,
  n.assignee_id, to_jsonb(n.participant_ids) as participant_ids, n.message_id, n.line_id, n.status as previous_status, n.sender_id, n.sender_name, n.sender_avatar_url,
  c.seq, c.status, c.snoozed_until, c.waiting_since, c.first_reply_created_at, c.last_activity_at,
  c.agent_unread_count, c.contact_unread_count, c.agent_last_seen_at, c.agent_last_seen_seq
from n join c on c.id = n.id`;
  return { name: side.name, text };
}

const ONLY_TEXT = "'text', '{}'::jsonb";

export const createIncomingMessage = statementOf({
  name: "message_create_incoming",
  who: visitorWho,
  mayWrite: `c.inbox_id = w.inbox_id
    and (c.contact_inbox_id = w.id or (w.hmac_verified and c.contact_id = w.sender_id))`,
  senderType: "contact",
  messageType: "incoming",
  isPrivate: false,
  kind: ONLY_TEXT,
  senderId: "c.contact_id",
  quiet: "(c.muted or w.blocked)",
  reopens: "(o.status in ('resolved', 'snoozed') and not o.quiet)",
  changes: [
    "status = case when n.reopens then 'open' else n.status end",
    "snoozed_until = case when n.reopens then null else n.snoozed_until end",
    `waiting_since = case when n.quiet then n.waiting_since
      else coalesce(n.waiting_since, $6::timestamptz) end`,
    "agent_unread_count = n.agent_unread_count + (not n.quiet)::int",
    "last_public_message_id = n.message_id",
    "last_activity_at = case when n.quiet then n.last_activity_at else $6::timestamptz end",
  ],
});

const agentSide = {
  who: agentWho,
  mayWrite: agentMayWrite,
  senderType: "user",
  messageType: "outgoing",
  senderId: "w.sender_id",
  quiet: "false",
  reopens: "false",
} as const;

/** His own reply marks the agents' side as seen. */
export const createOutgoingMessage = statementOf({
  ...agentSide,
  name: "message_create_outgoing",
  isPrivate: false,
  kind: "$8::text, $9::jsonb",
  changes: [
    "waiting_since = null",
    "first_reply_created_at = coalesce(n.first_reply_created_at, $6::timestamptz)",
    "contact_unread_count = n.contact_unread_count + 1",
    "agent_unread_count = 0",
    "agent_last_seen_seq = n.seq + 1",
    "agent_last_seen_at = $6::timestamptz",
    "last_public_message_id = n.message_id",
    "last_activity_at = $6::timestamptz",
  ],
});

/** Leaves everything alone that the contact can see, his list's order and times included. */
export const createPrivateNote = statementOf({
  ...agentSide,
  name: "message_create_note",
  isPrivate: true,
  kind: ONLY_TEXT,
  changes: [],
});
