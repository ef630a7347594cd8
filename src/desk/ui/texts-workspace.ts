// The words of what agents do with conversations and contacts beside answering.

export const workspaceTexts = {
  cannedResponses: "Canned responses",
} as const;

export const cannedCountText = (count: number): string =>
  count === 1 ? "1 canned response" : `${count} canned responses`;
