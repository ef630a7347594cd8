// The usual message: from a visitor to a conversation that is under way. One row is changed and two
// are written, without the look at the row before that an opening needs; whatever is not usual
// (resolved, snoozed, muted, blocked, not his) matches nothing and is left to the full statement.
import type { Statement } from "./create-message-sql.ts";

// Its parameters are those of the full statement: $1 the visitor's row, $2 account, $3 number of the
// conversation, $4 content, $5 echo id, $6 now, $7 content tree.
//
// `nextval` is evaluated for the row that is changed. Who had to wait for another change of that row
// evaluates it again, after the lock: order by seq is order by id here, too.
//
// The answer is one value: to read so many columns takes this process longer than to read their JSON.
const text = `
with c as (
  update conversations as c set
    seq = c.seq + 1,
    last_message_id = nextval('messages_id_seq'),
    last_public_message_id = currval('messages_id_seq'),
    waiting_since = coalesce(c.waiting_since, $6::timestamptz),
    agent_unread_count = c.agent_unread_count + 1,
    last_activity_at = $6::timestamptz
  from contact_inboxes w join contacts p on p.id = w.contact_id
  where w.id = $1 and c.account_id = $2 and c.display_id = $3 and c.inbox_id = w.inbox_id
    and (c.contact_inbox_id = w.id or (w.hmac_verified and c.contact_id = w.contact_id))
    and c.status in ('open', 'pending') and not c.muted and not p.blocked
  returning c.id, c.account_id, c.inbox_id, c.contact_id, c.contact_inbox_id, c.display_id,
    c.assignee_id, c.participant_ids, c.last_message_id as message_id, c.seq, c.status, c.snoozed_until, c.waiting_since, c.first_reply_created_at,
    c.last_activity_at, c.agent_unread_count, c.contact_unread_count, c.agent_last_seen_at,
    c.agent_last_seen_seq, c.contact_id as sender_id, p.name as sender_name,
    p.avatar_url as sender_avatar_url
),
stored as (
  insert into messages (id, account_id, conversation_id, seq, changed_seq, message_type, content,
    content_tree, echo_id, sender_type, sender_id, created_at)
  overriding system value
  select c.message_id, c.account_id, c.id, c.seq, c.seq, 'incoming', $4::text, $7::jsonb,
    $5::text, 'contact', c.sender_id, $6::timestamptz from c
),
recorded as (
  insert into events (account_id, conversation_id, message_id, name, seq, actor_type, actor_id)
  select c.account_id, c.id, c.message_id, 'message:created', c.seq, 'contact', c.sender_id
  from c
)
select to_json(c) as stored from c`;

export const createUsualMessage: Statement = { name: "message_create_usual", text };
