// What a message says in one line or aloud: its words without the marks that form them.
import type { Message } from "../../protocol/records.ts";
import { plainText } from "../../protocol/rich-text.ts";
import { saidTexts } from "./texts-said.ts";

/** What the server says of its own accord is said in the visitor's language, by its code. */
export const contentOf = ({ content, content_attributes: { deleted, code } }: Message) =>
  deleted ? saidTexts.deleted : code === "ask_email" ? saidTexts.askEmail : content;

export const wordsOf = (message: Message): string =>
  message.content_tree
    ? plainText(message.content_tree).trim()
    : (contentOf(message) ?? namesOf(message.attachments));

export const namesOf = (files: readonly { file_name: string }[]): string =>
  files.map((file) => file.file_name).join(", ");
