// The words of what tells a visitor who looks elsewhere.
import { spoken } from "../ui/spoken.ts";

export const alertEnglish = {
  newMessage: (name: string) => `${name} has written`,
};

export const alertTexts = spoken("alerts", alertEnglish);
