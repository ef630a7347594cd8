// docs/host-api.md and what the demo's playground offers, written from the types and descriptions that the code itself uses.
import { readFileSync } from "node:fs";
import path from "node:path";
import { createFieldReader } from "./host-api-fields.ts";
import type { Field } from "./host-api-fields.ts";
import { code, table } from "./host-api-markdown.ts";
import { innerComments, membersOf } from "./host-api-members.ts";
import type { Member } from "./host-api-members.ts";
import { errorCodes, typeSections } from "./host-api-types.ts";

const root = path.join(import.meta.dirname, "..");
const read = (name: string) => readFileSync(path.join(root, name), "utf8");

/** Where the types are that the settings, methods and events name. */
const sourceFiles = [
  "src/widget/host/parlor.ts",
  "src/widget/host/answers.ts",
  "src/widget/host/events.ts",
  "src/widget/store/host-settings.ts",
  "src/widget/store/customer-info.ts",
  "src/widget/store/events.ts",
  "src/protocol/lists.ts",
];

/** `onChatMaximize` → `chatMaximize`. */
const eventOf = (subscriber: string) =>
  subscriber.charAt(2).toLowerCase() + subscriber.slice("onX".length);

/** What the demo shop's playground offers: each setting, method and event, with the fields to fill in. */
export interface HostApiLists {
  settings: Field[];
  methods: { name: string; text: string; fields: Field[] }[];
  events: { name: string; text: string }[];
}

export function hostApiLists(): HostApiLists {
  const api = read("src/widget/host/parlor.ts");
  const settings = read("src/widget/store/host-settings.ts");
  const reader = createFieldReader(sourceFiles.map(read));
  const methods = [...membersOf(api, "ParlorMethods"), ...membersOf(api, "LaterMethods")];
  return {
    settings: membersOf(settings, "HostSettings").map(({ name, type, text }) =>
      reader.fieldOf(name, type, text),
    ),
    methods: methods.map(({ name, type, text }) => ({
      name,
      text,
      fields: reader.argumentsOf(type),
    })),
    events: membersOf(api, "ParlorEvents").map(({ name, text }) => ({ name: eventOf(name), text })),
  };
}

const rowOf = ({ name, type, text }: Member) => [code(name), code(type), text];

/** What an event's detail says of its keys goes after when it fires. */
function eventsOf(api: string, events: string): Member[] {
  const details = new Map(membersOf(events, "EventDetails").map((one) => [one.name, one]));
  return membersOf(api, "ParlorEvents").map(({ name, text }) => {
    const event = eventOf(name);
    const detail = details.get(event);
    const keys = innerComments(events, "EventDetails", event);
    const notes = keys.map(
      ([key, note]) => `\`${key}\`: ${note.charAt(0).toLowerCase()}${note.slice(1)}`,
    );
    return {
      name,
      type: detail?.type ?? "",
      text: [text, detail?.text ?? "", ...notes].filter((part) => part !== "").join(" "),
    };
  });
}

/** The whole document, before it is formatted. */
export function hostApiDocument(): string {
  const api = read("src/widget/host/parlor.ts");
  const hostSettings = read("src/widget/store/host-settings.ts");
  const settings = [
    ...membersOf(hostSettings, "HostSettings"),
    ...membersOf(api, "ParlorSettings"),
  ];
  const methods = [...membersOf(api, "ParlorMethods"), ...membersOf(api, "LaterMethods")];
  const members = membersOf(api, "Parlor");
  const events = eventsOf(api, read("src/widget/store/events.ts"));
  const named = [...settings, ...methods, ...members, ...events].map(({ type }) => type);
  const types = typeSections(sourceFiles.map(read).join("\n"), [...named, "ParlorEvent"]);
  const codes = errorCodes({
    result: read("src/protocol/result.ts"),
    api,
    sdk: read("src/sdk/error.ts"),
  });
  return `# The host page's API

<!-- Written by \`UPDATE_DOCS=1 npx vitest run scripts/host-api-docs.test.ts\` from src/widget: change it there. -->

\`window.Parlor\` is the chat's API on every page that has its script tag. As a typed package: [npm.md](npm.md).

\`\`\`html
<script async src="https://chat.example.com/widget.js" data-inbox="WEBSITE_TOKEN"></script>
\`\`\`

## Settings

\`Parlor.push({ … })\` and \`Parlor.updateSettings({ … })\` come before the tag's \`data-*\` attributes (\`data-launcher-text\`; maps and lists as JSON; \`data-color\` and its like for \`widgetAppearance\`), and these before what an administrator has stored with the inbox. One that is not valid is named by an \`error\` event with the reason; the others are applied.

${table(["setting", "type", "what it does"], settings.map(rowOf))}

## Methods

Each answers a promise that rejects with a \`ParlorError { code, message }\`: see [Error codes](#error-codes). Before the script is there: \`Parlor.push(["method", …arguments])\`.

${table(["method", "type", "notes"], methods.map(rowOf))}

Beside these:

${table(["member", "type", "notes"], members.map(rowOf))}

## Events

\`Parlor.onChatMaximize(handler)\` is \`Parlor.on("chatMaximize", handler)\`, and so for each; the same goes out on \`window\` as \`parlor:chat-maximize\`, without anybody's words. A handler is given \`{ id, type, at, v, source, local, detail }\`.

${table(["event", "detail", "when"], events.map(rowOf))}

## Error codes

What a rejected promise (\`ParlorError\`) and an \`error\` event have as \`code\`. \`message\` is for developers and may change; programs look at the code. \`field\` and \`retryAfterSeconds\` stand beside it in the server's own answers only.

${codes}

## Links

\`/chat/WEBSITE_TOKEN\` on the server is the inbox's own page: the chat by itself, in its colours, for people without the website at hand. An administrator takes it down or lets search engines list it by the inbox's settings: \`chatPage: { enabled, indexed }\`.

On that page, and on every page with the chat: \`#chat\` opens it, \`#chat/new?text=…&team=…&agent=…\` opens a new conversation with a text in the field, and \`#chat/open?link=…\`, as \`getShareLink({ conversation })\` makes it, leads back to a conversation. Nothing is sent, and the address is clean again at once. Who may read what: [decision 20](decisions/0020-links-show-the-way.md).

## Types

What the tables above name, by the alphabet. A key with \`?\` may be missing.

${types}
`;
}
