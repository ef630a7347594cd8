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

export interface TranscriptInput {
  /** The inbox's name. */
  team: string;
  displayId: number;
  /** What a visitor may see, oldest first. */
  messages: Message[];
  /** Earlier ones were left out. */
  isCut: boolean;
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

const withoutControls = (text: string) => text.replaceAll(/(?![\n\t])\p{Cc}/gu, "");
const when = (unixSeconds: number) =>
  `${new Date(unixSeconds * 1_000).toISOString().slice(0, 16).replace("T", " ")} UTC`;

function whoOf({ message_type, sender }: Message, team: string): string {
  return sender?.name || (message_type === "incoming" ? "Visitor" : team);
}

/** What a message offers and what was answered, in words. */
function notesOf({ content_type, content_attributes, attachments }: Message): Note[] {
  const { items, submitted_values: values } = content_attributes as {
    items?: unknown;
    submitted_values?: unknown;
  };
  const named = attachments.map((file): Note => {
    const { file_name: name, fallback_title: title } = file as Record<string, unknown>;
    return {
      words: `Attachment: ${typeof name === "string" ? name : typeof title === "string" ? title : "file"}`,
    };
  });
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
      const said = values as SubmittedValues["form"] | undefined;
      return (items as FormItem[]).flatMap(({ name, label }) => {
        const value = said?.find((one) => one.name === name)?.value;
        return value ? [{ words: `${label}: ${value}` }] : [];
      });
    }
    case "input_email": {
      const said = values as SubmittedValues["input_email"] | undefined;
      return said ? [{ words: `Answer: ${said.email}` }] : [];
    }
    case "input_csat": {
      const rated = (values as SubmittedValues["input_csat"] | undefined)?.csat_survey_response;
      if (!rated) return [];
      const comment = rated.feedback_message ? `: ${rated.feedback_message}` : "";
      return [{ words: `Rating: ${rated.rating} of 5${comment}` }];
    }
    case "text":
    case "input_text":
    case "input_textarea":
      return named;
    default:
      return content_type satisfies never;
  }
}

const answered = (values: ChoiceItem[] | undefined): Note[] =>
  (values ?? []).map(({ title }) => ({ words: `Answer: ${title}` }));

function messageText(message: Message, team: string): string {
  const notes = notesOf(message).map(({ words, href }) => (href ? `${words} <${href}>` : words));
  const lines = [message.content ?? "", ...notes].filter((line) => line !== "");
  // Indented, so that nobody's words can pass for a line that names another.
  const said = lines
    .join("\n")
    .replaceAll(/\r\n?|[\u2028\u2029]/gu, "\n")
    .replaceAll("\n", "\n  ");
  const who = whoOf(message, team).replaceAll(/\s+/gu, " ");
  return withoutControls(`${who} (${when(message.created_at)})\n  ${said}`);
}

function messageHtml(message: Message, team: string): string {
  const { content, content_tree: tree, created_at, message_type } = message;
  const said = tree
    ? richTextHtml(tree)
    : `<p>${escapeHtml(content ?? "").replaceAll("\n", "<br>")}</p>`;
  const notes = notesOf(message).map(({ words, href }) => {
    const shown = `<bdi>${escapeHtml(words)}</bdi>`;
    return `<p>${href ? `${linkHtml(href, shown)} (${escapeHtml(href)})` : shown}</p>`;
  });
  return (
    `<article${message_type === "incoming" ? "" : ' class="team"'} dir="auto">` +
    `<header><bdi>${escapeHtml(whoOf(message, team))}</bdi> · <time>${when(created_at)}</time></header>` +
    `${said}${notes.join("")}</article>`
  );
}

const CUT = "Earlier messages are left out.";

/** Composes both forms. */
export function composeTranscript({
  team,
  displayId,
  messages,
  isCut,
}: TranscriptInput): Transcript {
  const title = `Conversation ${displayId} with ${team}`;
  const text = [title, ...(isCut ? [CUT] : []), ...messages.map((one) => messageText(one, team))];
  const html = messages.map((one) => messageHtml(one, team)).join("\n");
  return {
    title,
    text: `${text.join("\n\n")}\n`,
    html: pageHtml(
      title,
      `<h1>${escapeHtml(title)}</h1>\n${isCut ? `<p>${CUT}</p>\n` : ""}${html}`,
    ),
  };
}
