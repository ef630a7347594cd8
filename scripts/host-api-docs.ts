// docs/host-api.md and what the demo's playground offers, written from the types and descriptions that the code itself uses.
import { readFileSync } from "node:fs";
import path from "node:path";
import { createFieldReader } from "./host-api-fields.ts";
import type { Field } from "./host-api-fields.ts";
import { membersOf } from "./host-api-members.ts";

const root = path.join(import.meta.dirname, "..");
const read = (name: string) => readFileSync(path.join(root, name), "utf8");

const cell = (text: string) => text.replaceAll("|", "\\|");
const code = (text: string) => `\`${cell(text)}\``;

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

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
  const reader = createFieldReader([api, settings, read("src/widget/store/customer-info.ts")]);
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

/** The whole document, before it is formatted. */
export function hostApiDocument(): string {
  const api = read("src/widget/host/parlor.ts");
  const settings = membersOf(read("src/widget/store/host-settings.ts"), "HostSettings");
  const methods = [...membersOf(api, "ParlorMethods"), ...membersOf(api, "LaterMethods")];
  const details = new Map(
    membersOf(read("src/widget/store/events.ts"), "EventDetails").map(({ name, type }) => [
      name,
      type,
    ]),
  );
  const events = membersOf(api, "ParlorEvents").map(({ name, text }) => [
    code(name),
    code(details.get(eventOf(name)) ?? ""),
    cell(text),
  ]);
  return `# The host page's API

<!-- Written by \`UPDATE_DOCS=1 npx vitest run scripts/host-api-docs.test.ts\` from src/widget: change it there. -->

\`window.Parlor\` is the chat's API on every page that has its script tag. As a typed package: [npm.md](npm.md).

\`\`\`html
<script async src="https://chat.example.com/widget.js" data-inbox="WEBSITE_TOKEN"></script>
\`\`\`

## Settings

\`Parlor.push({ … })\` and \`Parlor.updateSettings({ … })\` come before the tag's \`data-*\` attributes (\`data-launcher-text\`; maps and lists as JSON; \`data-color\` and its like for \`widgetAppearance\`), and these before what an administrator has stored with the inbox. One that is not valid is named by an \`error\` event with the reason; the others are applied.

${table(
  ["setting", "type", "what it does"],
  settings.map(({ name, type, text }) => [code(name), code(type), cell(text)]),
)}

## Methods

Each answers a promise that rejects with a \`ParlorError { code, message }\`. Before the script is there: \`Parlor.push(["method", …arguments])\`.

${table(
  ["method", "type", "notes"],
  methods.map(({ name, type, text }) => [code(name), code(type), cell(text)]),
)}

## Events

\`Parlor.onChatMaximize(handler)\` is \`Parlor.on("chatMaximize", handler)\`, and so for each; the same goes out on \`window\` as \`parlor:chat-maximize\`, without anybody's words. A handler is given \`{ id, type, at, v, source, local, detail }\`.

${table(["event", "detail", "when"], events)}

## Links

\`/chat/WEBSITE_TOKEN\` on the server is the inbox's own page: the chat by itself, in its colours, for people without the website at hand. An administrator takes it down or lets search engines list it by the inbox's settings: \`chatPage: { enabled, indexed }\`.

On that page, and on every page with the chat: \`#chat\` opens it, \`#chat/new?text=…&team=…&agent=…\` opens a new conversation with a text in the field, and \`#chat/open?link=…\`, as \`getShareLink({ conversation })\` makes it, leads back to a conversation. Nothing is sent, and the address is clean again at once. Who may read what: [decision 20](decisions/0020-links-show-the-way.md).
`;
}
