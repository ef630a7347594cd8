// Words of how long an answer takes: who is there, when somebody will be, and the place in the queue. Loaded with them.
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

export const waitingEnglish = {
  usually: (seconds: number) => `Usually replies within ${howLong(seconds)}`,
  onlineUsually: (seconds: number) => `We are online and usually reply within ${howLong(seconds)}`,
  backAt: (time: string) => `Back at ${time}`,
  backTomorrow: (time: string) => `Back tomorrow at ${time}`,
  backOn: (day: string, time: string) => `Back on ${day} at ${time}`,
  place: (position: number) =>
    position === 1 ? "You are next." : `You are number ${position} in the queue.`,
  placeFar: "Many people are waiting before you.",
  wait: (seconds: number) => `The wait is about ${howLong(seconds)}`,
};

export const waitingTexts = spoken("waiting", waitingEnglish);
