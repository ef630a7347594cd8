// A conversation as text and as a page: for a file and for e-mail, from the same lines.
import type { Message } from "../../protocol/records.ts";
import type {
  ArticleItem,
  CardItem,
  ChoiceItem,
  FormItem,
  SubmittedValues,
} from "../../protocol/rich-content.ts";
import { escapeHtml, linkHtml, pageHtml, richTextHtml } from "../mail/html.ts";
import { fill } from "./words.ts";
import type { Voice } from "./words.ts";

export interface TranscriptInput {
  /** The inbox's name. */
  team: string;
  displayId: number;
  /** What a visitor may see, oldest first. */
  messages: Message[];
  /** Earlier ones were left out. */
  isCut: boolean;
  voice: Voice;
}

export interface Transcript {
  title: string;
  text: string;
  html: string;
}

/** Something that stands below a message's text. */
interface Note {
  words: string;
  href?: string;
}

/** Of the question for an address, which Parlor itself asks. */
const ASKS_FOR_EMAIL = "ask_email";
const withoutControls = (text: string) => text.replaceAll(/(?![\n\t])\p{Cc}/gu, "");

/** What all of its lines are told with. */
type Teller = Pick<TranscriptInput, "team" | "voice">;

function whoOf({ message_type, sender }: Message, { team, voice }: Teller): string {
  return sender?.name || (message_type === "incoming" ? voice.words.visitor : team);
}

/** What we have said ourselves is said in the reader's language, by its code. */
function contentOf({ content, content_attributes }: Message, { words }: Voice): string {
  if (content_attributes["deleted"] === true) return words.deleted;
  return content_attributes["code"] === ASKS_FOR_EMAIL ? words.askEmail : (content ?? "");
}

/** What a message offers and what was answered, in words. */
function notesOf(
  { content_type, content_attributes, attachments }: Message,
  { words: said }: Voice,
): Note[] {
  const { items, submitted_values: values } = content_attributes as {
    items?: unknown;
    submitted_values?: unknown;
  };
  const named = attachments.map((file): Note => {
    const { file_name: name, fallback_title: title } = file as Record<string, unknown>;
    return {
      words: `${said.attachment}: ${[name, title].find((one) => typeof one === "string") ?? "–"}`,
    };
  });
  const answered = (chosen: ChoiceItem[] | undefined): Note[] =>
    (chosen ?? []).map(({ title }) => ({ words: `${said.answer}: ${title}` }));
  switch (content_type) {
    case "input_select":
      return named.concat(answered(values as ChoiceItem[] | undefined));
    case "cards": {
      const links = (items as CardItem[]).flatMap((card): Note[] => [
        { words: [card.title, card.description].filter(Boolean).join(": ") },
        ...card.actions.flatMap((one) =>
          one.type === "link" ? [{ words: one.text, href: one.uri }] : [],
        ),
      ]);
      return named.concat(links, answered(values as ChoiceItem[] | undefined));
    }
    case "article":
      return (items as ArticleItem[]).map(({ title, link }) => ({ words: title, href: link }));
    case "form": {
      const given = values as SubmittedValues["form"] | undefined;
      return (items as FormItem[]).flatMap(({ name, label }) => {
        const value = given?.find((one) => one.name === name)?.value;
        return value ? [{ words: `${label}: ${value}` }] : [];
      });
    }
    case "input_email": {
      const given = values as SubmittedValues["input_email"] | undefined;
      return given ? [{ words: `${said.answer}: ${given.email}` }] : [];
    }
    case "input_csat": {
      const rated = (values as SubmittedValues["input_csat"] | undefined)?.csat_survey_response;
      if (!rated) return [];
      const comment = rated.feedback_message ? `: ${rated.feedback_message}` : "";
      return [{ words: fill(said.rating, rated.rating) + comment }];
    }
    case "text":
    case "input_text":
    case "input_textarea":
      return named;
    default:
      return content_type satisfies never;
  }
}

function messageText(message: Message, teller: Teller): string {
  const { voice } = teller;
  const notes = notesOf(message, voice).map(({ words, href }) =>
    href ? `${words} <${href}>` : words,
  );
  const lines = [contentOf(message, voice), ...notes].filter((line) => line !== "");
  // Indented, so that nobody's words can pass for a line that names another.
  const said = lines
    .join("\n")
    .replaceAll(/\r\n?|[\u2028\u2029]/gu, "\n")
    .replaceAll("\n", "\n  ");
  const who = whoOf(message, teller).replaceAll(/\s+/gu, " ");
  return withoutControls(`${who} (${voice.when(message.created_at)})\n  ${said}`);
}

function messageHtml(message: Message, teller: Teller): string {
  const { voice } = teller;
  const { content_tree: tree, created_at, message_type } = message;
  const said = tree
    ? richTextHtml(tree)
    : `<p>${escapeHtml(contentOf(message, voice)).replaceAll("\n", "<br>")}</p>`;
  const notes = notesOf(message, voice).map(({ words, href }) => {
    const shown = `<bdi>${escapeHtml(words)}</bdi>`;
    return `<p>${href ? `${linkHtml(href, shown)} (${escapeHtml(href)})` : shown}</p>`;
  });
  return (
    `<article${message_type === "incoming" ? "" : ' class="team"'} dir="auto">` +
    `<header><bdi>${escapeHtml(whoOf(message, teller))}</bdi> · <time>${escapeHtml(voice.when(created_at))}</time></header>` +
    `${said}${notes.join("")}</article>`
  );
}

/** Composes both forms. */
export function composeTranscript({
  team,
  displayId,
  messages,
  isCut,
  voice,
}: TranscriptInput): Transcript {
  const { words } = voice;
  const teller = { team, voice };
  const title = fill(words.title, displayId, team);
  const text = [
    title,
    ...(isCut ? [words.isCut] : []),
    ...messages.map((one) => messageText(one, teller)),
  ];
  const html = messages.map((one) => messageHtml(one, teller)).join("\n");
  return {
    title,
    text: `${text.join("\n\n")}\n`,
    html: pageHtml(
      title,
      `<h1>${escapeHtml(title)}</h1>\n${isCut ? `<p>${words.isCut}</p>\n` : ""}${html}`,
      voice,
    ),
  };
}
