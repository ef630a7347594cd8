// Many usual messages in one statement, at most one for each conversation: what create-usual-message-sql.ts
// does for one, with one commit for all. Rows are locked in the order of their ids, so that two
// processes never wait for each other in a circle.
import type { Statement } from "./create-message-sql.ts";

// Each parameter is a list, one entry for each message: $1 visitors' rows, $2 accounts, $3 numbers of
// the conversations, $4 contents, $5 echo ids, $6 times, $7 content trees. A row that is answered
// says by `position`, counted from 1, to which entry it belongs. The lists stand in sub-selects to hide
// their length from the planner: it would plan anew for every short one.
const text = `
with i as materialized (
  select * from unnest((select $1::bigint[]), (select $2::bigint[]), (select $3::bigint[]),
      (select $4::text[]), (select $5::text[]), (select $6::timestamptz[]), (select $7::jsonb[]))
    with ordinality as i(visitor, account_id, display_id, content, echo_id, sent_at, tree, position)
),
o as materialized (
  select c.id, i.*, c.contact_id as sender_id, p.name as sender_name, p.avatar_url as sender_avatar_url
  from i
  join contact_inboxes w on w.id = i.visitor
  join contacts p on p.id = w.contact_id
  join conversations c on c.account_id = i.account_id and c.display_id = i.display_id
    and c.inbox_id = w.inbox_id
    and (c.contact_inbox_id = w.id or (w.hmac_verified and c.contact_id = w.contact_id))
  where c.status in ('open', 'pending') and not c.muted and not p.blocked
  order by c.id
  for no key update of c
),
c as (
  update conversations as c set
    seq = c.seq + 1,
    last_message_id = nextval('messages_id_seq'),
    last_public_message_id = currval('messages_id_seq'),
    waiting_since = coalesce(c.waiting_since, o.sent_at),
    agent_unread_count = c.agent_unread_count + 1,
    last_activity_at = o.sent_at
  from o where c.id = o.id
  returning c.id, c.account_id, c.inbox_id, c.contact_id, c.contact_inbox_id, c.display_id,
    c.assignee_id, c.participant_ids, c.last_message_id as message_id, c.seq, c.status, c.snoozed_until, c.waiting_since, c.first_reply_created_at,
    c.last_activity_at, c.agent_unread_count, c.contact_unread_count, c.agent_last_seen_at,
    c.agent_last_seen_seq, o.sender_id, o.sender_name, o.sender_avatar_url, o.position,
    o.content, o.echo_id, o.sent_at, o.tree
),
stored as (
  insert into messages (id, account_id, conversation_id, seq, changed_seq, message_type, content,
    content_tree, echo_id, sender_type, sender_id, created_at)
  overriding system value
  select c.message_id, c.account_id, c.id, c.seq, c.seq, 'incoming', c.content, c.tree,
    c.echo_id, 'contact', c.sender_id, c.sent_at from c
),
recorded as (
  insert into events (account_id, conversation_id, message_id, name, seq, actor_type, actor_id)
  select c.account_id, c.id, c.message_id, 'message:created', c.seq, 'contact', c.sender_id
  from c
)
select c.position, to_json(answer) as stored
from c cross join lateral (
  select c.id, c.account_id, c.inbox_id, c.contact_id, c.contact_inbox_id, c.display_id, c.assignee_id,
    c.participant_ids, c.message_id, c.seq, c.status, c.snoozed_until, c.waiting_since,
    c.first_reply_created_at, c.last_activity_at, c.agent_unread_count, c.contact_unread_count,
    c.agent_last_seen_at, c.agent_last_seen_seq, c.sender_id, c.sender_name, c.sender_avatar_url
) answer`;

export const createUsualMessages: Statement = { name: "messages_create_usual", text };
