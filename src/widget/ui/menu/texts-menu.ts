// The words of the menu of a conversation. English; they come with its chunk.
import { spoken } from "../spoken.ts";

export const menuEnglish = {
  endChat: "End chat",
  sound: "Sound for new messages",
  notifications: "Notifications",
  notificationsBlocked:
    "Your browser blocks notifications of this website. Its settings allow them.",
  saveText: "Save as text",
  savePage: "Save as web page",
  sendTranscript: "Send transcript by e-mail",
  emailLabel: "Your e-mail address",
  send: "Send",
  sentTo: (email: string) => `The transcript is on its way to ${email}.`,
  saved: "The transcript is saved.",
  failures: {
    invalid: "This address does not work. Write another one.",
    conflict: "The transcript can be sent when somebody has answered you.",
    too_many_requests: "That was often enough for now. Try again later.",
  } as Record<string, string>,
  failed: "That did not work. Check your connection and try again.",
};

export const menuTexts = spoken("menu", menuEnglish);
