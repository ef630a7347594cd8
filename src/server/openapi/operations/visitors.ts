// What visitors' browsers call, and who asks whether the process lives.
import type { OperationGroup } from "./group.ts";

const inbox = "/public/api/v1/inboxes/:inbox";
const visitor = `${inbox}/contacts/:source`;
const conversation = `${visitor}/conversations/:conversation`;

export const visitorOperations: OperationGroup[] = [
  {
    tag: "Client API",
    about: "For visitors: whoever knows a source id speaks as its visitor, so keep it secret.",
    operations: {
      [`GET ${inbox}`]: ["Get the inbox of a website"],
      [`POST ${inbox}/contacts`]: ["Create a visitor", 85],
      [`GET ${visitor}`]: ["Get a visitor", 86],
      [`PATCH ${visitor}`]: ["Update a visitor", 87],
      [`POST ${visitor}/conversations`]: ["Start a conversation", 88],
      [`GET ${visitor}/conversations`]: ["List the conversations of a visitor", 89],
      [`GET ${conversation}`]: ["Get a conversation of a visitor"],
      [`POST ${conversation}/toggle_status`]: ["End a conversation as its visitor"],
      [`POST ${conversation}/toggle_typing`]: ["Say that the visitor is typing"],
      [`GET ${conversation}/transcript`]: ["Get the transcript, as text or as a page"],
      [`POST ${conversation}/transcript`]: ["Send the transcript to the visitor by e-mail"],
      [`POST ${conversation}/update_last_seen`]: ["Mark a conversation as read by its visitor"],
      [`POST ${conversation}/messages`]: ["Send a message of a visitor", 90],
      [`GET ${conversation}/messages`]: ["List the messages that a visitor may see", 91],
      [`PATCH ${conversation}/messages/:message`]: ["Answer a message that asks", 92],
      [`POST ${visitor}/attachments`]: [
        "Upload a file of a visitor",
        undefined,
        "One file as `multipart/form-data`; the next message names it by its `upload_id`.",
      ],
      [`GET ${visitor}/search`]: ["Search the messages of a visitor"],
      [`POST ${conversation}/link`]: ["Make a link to a conversation"],
      [`POST ${visitor}/open_link`]: ["Follow a link to a conversation"],
      [`POST ${visitor}/events`]: ["Tell of an event in the browser"],
    },
  },
  {
    tag: "Health",
    about: "For whoever watches the process.",
    operations: {
      "GET /health": ["Ask whether the process lives"],
      "GET /ready": ["Ask whether the process can work"],
    },
  },
];
