// Words of the form before a chat. Loaded with it.
import { spoken } from "./spoken.ts";

export const preChatEnglish = {
  formTitle: "Before we start",
  fields: { fullName: "Name", emailAddress: "E-mail", phoneNumber: "Phone" } as Record<
    string,
    string
  >,
  optional: "optional",
  choose: "Choose…",
  privacy: "Privacy policy",
  start: "Start the conversation",
  required: "Please fill this in.",
  mustTick: "Please tick this to go on.",
  wrong: {
    email: "This is no e-mail address.",
    phone: "This is no phone number.",
    link: "This is no web address.",
    number: "This is no number.",
    date: "This is no date.",
  } as Record<string, string>,
};

export const preChatTexts = spoken("preChat", preChatEnglish);
