// The words of messages that ask. English; they come with the chunk that draws these messages.
import { spoken } from "../spoken.ts";

export const richEnglish = {
  send: "Send",
  sending: "Sending…",
  choose: "Choose one",
  optional: "optional",
  email: "Your e-mail address",
  emailThanks: (email: string) => `We will write to ${email}.`,
  formThanks: "Thank you. This is what you have sent:",
  leftEmpty: "Not filled in",
  rate: "How was your conversation?",
  /** For ratings 1 to 5. */
  faces: ["Very bad", "Bad", "All right", "Good", "Very good"],
  comment: "Tell us more",
  sendComment: "Send comment",
  rateThanks: "Thank you for your rating.",
  commentThanks: "Thank you for telling us.",
  isLate: "Ratings can be given for 14 days.",
  required: "Fill in this field.",
  notAnEmail: "This is no e-mail address.",
  invalid: "This answer cannot be taken. Check it and send it again.",
  conflict: "This has been answered already.",
  unreachable: "Not sent. Check your connection and try again.",
};

export const richTexts = spoken("rich", richEnglish);
