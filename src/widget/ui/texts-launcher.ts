// Words of the launcher and the greeting, which load first. The rest is in texts.ts.

export const launcherTexts = {
  openChat: "Open chat",
  closeChat: "Close chat",
  unread: (count: number) => `${count} unread ${count === 1 ? "message" : "messages"}`,
  dismiss: "Dismiss",
  greeting: "Support team",
  loadFailed: "The chat could not be loaded. Check your connection and try again.",
  retry: "Try again",
};
