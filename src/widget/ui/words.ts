// What a message says in one line or aloud: its words without the marks that form them.
import type { Message } from "../../protocol/records.ts";
import { plainText } from "../../protocol/rich-text.ts";

export const wordsOf = ({ content, content_tree: tree, attachments }: Message): string =>
  tree ? plainText(tree).trim() : (content ?? namesOf(attachments));

export const namesOf = (files: readonly { file_name: string }[]): string =>
  files.map((file) => file.file_name).join(", ");
