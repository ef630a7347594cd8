// What agents work with: conversations, messages, contacts, snoozes.
import type { OperationGroup } from "./group.ts";

const A = "/api/v1/accounts/:account";
const conversation = `${A}/conversations/:conversation`;
const contact = `${A}/contacts/:contact`;

export const workOperations: OperationGroup[] = [
  {
    tag: "Conversations",
    about: "What visitors and agents talk about, as agents see it.",
    operations: {
      [`GET ${A}/conversations`]: ["List conversations", 31],
      [`POST ${A}/conversations`]: ["Create a conversation", 32],
      [`GET ${A}/conversations/meta`]: ["Count conversations", 30],
      [`POST ${A}/conversations/filter`]: ["Filter conversations", 33],
      [`GET ${A}/conversations/search`]: ["Search messages"],
      [`GET ${conversation}`]: ["Get a conversation", 34],
      [`PATCH ${conversation}`]: ["Update a conversation"],
      [`POST ${conversation}/toggle_status`]: [
        "Toggle the status of a conversation",
        35,
        "Without a `status` it opens what is resolved and resolves what is open.",
      ],
      [`POST ${conversation}/toggle_priority`]: ["Set the priority of a conversation", 36],
      [`POST ${conversation}/assignments`]: [
        "Assign a conversation",
        27,
        "`null` or 0 unassigns. With an `assignee_id` the team is not looked at.",
      ],
      [`POST ${conversation}/update_last_seen`]: ["Mark a conversation as read"],
      [`POST ${conversation}/mute`]: ["Mute a conversation"],
      [`POST ${conversation}/transcript`]: ["Send the transcript by e-mail"],
      [`POST ${conversation}/unmute`]: ["Unmute a conversation"],
      [`POST ${conversation}/custom_attributes`]: ["Replace the attributes of a conversation"],
      [`GET ${conversation}/labels`]: ["List the labels of a conversation", 28],
      [`POST ${conversation}/labels`]: [
        "Set the labels of a conversation",
        29,
        "The whole set: an empty list removes them all.",
      ],
      [`GET ${conversation}/participants`]: ["List participants"],
      [`POST ${conversation}/participants`]: ["Add participants"],
      [`PATCH ${conversation}/participants`]: ["Replace participants"],
      [`DELETE ${conversation}/participants`]: ["Remove participants"],
    },
  },
  {
    tag: "Messages",
    about: "The messages of a conversation, private notes among them.",
    operations: {
      [`GET ${conversation}/messages`]: [
        "List messages",
        58,
        "The latest ones, the oldest first; `before` and `after` are ids of messages.",
      ],
      [`POST ${conversation}/messages`]: [
        "Send a message",
        59,
        "With an `echo_id` the call may be repeated: the first message is answered again.",
      ],
      [`POST ${conversation}/attachments`]: [
        "Upload a file",
        undefined,
        "One file as `multipart/form-data`; the next message names it by its `upload_id`.",
      ],
      [`DELETE ${conversation}/messages/:message`]: [
        "Delete a message",
        60,
        "Its place stays, its content does not.",
      ],
    },
  },
  {
    tag: "Contacts",
    about: "Whoever has written, or is known to have an identity in one of the inboxes.",
    operations: {
      [`GET ${A}/contacts`]: ["List contacts", 20],
      [`POST ${A}/contacts`]: ["Create a contact", 21],
      [`GET ${A}/contacts/search`]: ["Search contacts", 25],
      [`POST ${A}/contacts/filter`]: ["Filter contacts", 26],
      [`GET ${contact}`]: ["Get a contact", 22],
      [`PUT ${contact}`]: ["Update a contact", 23],
      [`PATCH ${contact}`]: ["Update a contact in part", undefined, "The same as with PUT."],
      [`DELETE ${contact}`]: ["Delete a contact"],
      [`GET ${contact}/conversations`]: ["List the conversations of a contact", 24],
      [`POST ${contact}/contact_inboxes`]: ["Give a contact an identity in an inbox"],
      [`GET ${contact}/contactable_inboxes`]: ["List inboxes that reach a contact"],
      [`POST ${contact}/block`]: ["Block a contact"],
      [`POST ${contact}/unblock`]: ["Unblock a contact"],
      [`GET ${contact}/labels`]: ["List the labels of a contact"],
      [`POST ${contact}/labels`]: ["Set the labels of a contact"],
      [`POST ${A}/actions/contact_merge`]: [
        "Merge contacts",
        undefined,
        "The base contact keeps the histories of both; the other one is gone.",
      ],
    },
  },
  {
    tag: "Snoozes",
    about: "What sleeps until a time or until the contact replies.",
    operations: {
      [`GET ${A}/snoozes`]: ["List snoozes"],
      [`POST ${A}/snoozes`]: ["Create a snooze"],
      [`GET ${A}/snoozes/:snooze`]: ["Get a snooze"],
      [`PATCH ${A}/snoozes/:snooze`]: ["Update a snooze"],
      [`DELETE ${A}/snoozes/:snooze`]: ["Remove a snooze"],
    },
  },
];
