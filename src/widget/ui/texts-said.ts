// What the server says of its own accord, in English to all; here by its code, in the visitor's language.
import { spoken } from "./spoken.ts";

export const saidEnglish = {
  deleted: "This message was deleted",
  askEmail: "Nobody is here right now. Where may we send our answer?",
};

export const saidTexts = spoken("said", saidEnglish);
