// The words of the invitation's page.
export const invitationTexts = {
  title: "Choose your password",
  password: "New password",
  repeat: "The same again",
  hint: "At least 8 characters: upper and lower case, a number and a special character.",
  save: "Set the password",
  saving: "Saving…",
  weak: "This password is too weak. It needs 8 characters with upper and lower case, a number and a special character.",
  different: "The two passwords are not the same.",
  void: "This invitation does not hold any more. Ask your administrator for a new one.",
  doneTitle: "You are all set",
  done: "Your password is set. Sign in with it.",
} as const;
