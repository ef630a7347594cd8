// Words of the search through one's own conversations. Loaded with it.
import { spoken } from "./spoken.ts";

export const searchEnglish = {
  found: (count: number) => (count === 1 ? "1 message found" : `${count} messages found`),
  foundNone: "Nothing found.",
};

export const searchTexts = spoken("search", searchEnglish);
