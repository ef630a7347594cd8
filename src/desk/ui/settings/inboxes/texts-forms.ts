// The words of an inbox's hours and of the form before a chat.
export const formTexts = { remove: "Remove" } as const;

export const hoursTexts = {
  enabled: "This inbox has business hours",
  enabledHint: "Without them it is open whenever an agent is there.",
  timezone: "Time zone",
  week: "Week",
  kinds: { hours: "Open from – to", closed: "Closed", open: "Open all day" },
  from: "from",
  to: "to",
  holidays: "Holidays",
  holiday: (number: number) => `Holiday ${number}`,
  holidayName: "Name",
  firstDay: "First day",
  lastDay: "Last day",
  addHoliday: "Add a holiday",
  dateMissing: "must have a first day",
  message: "Message out of hours",
  messageHint:
    "Said once in a conversation when somebody writes while you are closed. Empty: nothing.",
  awayMessage: "Message while no agent is there",
  awayMessageHint:
    "Said once in a conversation, within the hours too. Leave it empty to say nothing.",
  emailCollect: "Ask for an e-mail address",
  emailCollectHint: "When nobody is there and none is known, so that your answer arrives.",
} as const;

export const preChatTexts = {
  enabled: "Ask before the first message",
  enabledHint: "Visitors fill in a short form. What your page has told already is not asked.",
  message: "Introduction",
  fields: "Fields, in their order",
  standard: {
    fullName: "Name",
    emailAddress: "E-mail address",
    phoneNumber: "Phone number",
  } as Readonly<Record<string, string>>,
  required: "Must be filled in",
  label: "Label",
  placeholder: "Example in the field",
  up: "Move up",
  down: "Move down",
  consent: "Consent",
  consentText: "Text",
  consentHint: "A line under the fields. Empty: none.",
  privacyUrl: "Address of your privacy policy",
  consentRequired: "Visitors must agree",
} as const;
