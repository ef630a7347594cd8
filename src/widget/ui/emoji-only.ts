// Which messages are drawn large.
const EMOJI_ONLY = /^(?:\p{Extended_Pictographic}(?:\p{Emoji_Modifier}|\u200d|\ufe0f|\s)*){1,6}$/u;

export const isEmojiOnly = (text: string): boolean => EMOJI_ONLY.test(text.trim());
