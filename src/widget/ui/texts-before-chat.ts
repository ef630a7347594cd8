// Words of what comes before a chat or before its first answer. Loaded with it.
import { spoken } from "./spoken.ts";

const MINUTE = 60;
const HOUR = 3_600;
/** Nobody promises seconds: the next of these that is not too little. */
const steps = [1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE);

function howLong(seconds: number): string {
  const step = steps.find((one) => seconds <= one);
  if (step === MINUTE) return "a minute";
  if (step) return `${step / MINUTE} minutes`;
  const hours = Math.ceil(seconds / HOUR);
  return hours <= 1 ? "an hour" : hours <= 12 ? `${hours} hours` : "a day";
}

export const beforeChatEnglish = {
  usually: (seconds: number) => `Usually replies within ${howLong(seconds)}`,
  onlineUsually: (seconds: number) => `We are online and usually reply within ${howLong(seconds)}`,
  backAt: (time: string) => `Back at ${time}`,
  backTomorrow: (time: string) => `Back tomorrow at ${time}`,
  backOn: (day: string, time: string) => `Back on ${day} at ${time}`,
  place: (position: number) =>
    position === 1 ? "You are next." : `You are number ${position} in the queue.`,
  placeFar: "Many people are waiting before you.",
  wait: (seconds: number) => `The wait is about ${howLong(seconds)}`,
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

export const beforeChatTexts = spoken("before", beforeChatEnglish);
