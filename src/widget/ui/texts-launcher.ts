// Words of the launcher and the greeting, which load first. The rest is in texts.ts.
import { spoken } from "./spoken.ts";

export const launcherEnglish = {
  openChat: "Open chat",
  closeChat: "Close chat",
  unread: (count: number) => `${count} unread message${count === 1 ? "" : "s"}`,
  dismiss: "Dismiss",
  greeting: "Support team",
  loadFailed: "The chat did not load.",
  retry: "Try again",
  introduction: "Ask us anything…",
};

export const launcherTexts = spoken("chat", launcherEnglish);
