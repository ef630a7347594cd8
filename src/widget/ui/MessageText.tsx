// What somebody wrote: formatted where the server has found formatting in it, else the text as it is.
import type { RichText as Tree } from "../../protocol/rich-text.ts";
import { RichText } from "./RichText.tsx";

const EMOJI_ONLY = /^(?:\p{Extended_Pictographic}(?:\p{Emoji_Modifier}|\u200d|\ufe0f|\s)*){1,6}$/u;

export const isEmojiOnly = (text: string): boolean => EMOJI_ONLY.test(text.trim());

export function MessageText({ text, tree }: { text: string; tree: Tree | undefined }) {
  return tree ? <RichText tree={tree} /> : <>{text}</>;
}
