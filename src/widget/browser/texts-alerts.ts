// The words of what tells a visitor who looks elsewhere.

export const alertTexts = {
  team: "Support team",
  newMessage: (name: string) => `${name} has written`,
};
