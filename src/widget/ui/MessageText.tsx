// What somebody wrote, as text; addresses in it become links.
import { texts } from "./texts.ts";

const ADDRESS = /(https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]}])/gi;
const EMOJI_ONLY = /^(?:\p{Extended_Pictographic}[\p{Emoji_Modifier}\u200d\ufe0f\s]*){1,6}$/u;

export const isEmojiOnly = (text: string): boolean => EMOJI_ONLY.test(text.trim());

/** Text with every other part an http or https address. */
export const splitAddresses = (text: string): string[] => text.split(ADDRESS);

export function MessageText({ text }: { text: string }) {
  return (
    <>
      {splitAddresses(text).map((part, i) =>
        i % 2 === 0 ? (
          part
        ) : (
          <a
            key={i}
            href={part}
            target="_blank"
            rel="noopener noreferrer nofollow"
            title={texts.opensInNewTab}
          >
            {part}
          </a>
        ),
      )}
    </>
  );
}
