// Words of the search through one's own conversations. Loaded with it.

export const searchTexts = {
  found: (count: number) => (count === 1 ? "1 message found" : `${count} messages found`),
  foundNone: "Nothing found.",
};
