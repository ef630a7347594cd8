// The words of the pages that keep lists.
import type { FieldProblem } from "../../../protocol/result.ts";

/** What is wrong with a field that must say something. */
export const emptyProblem = (field: string, said: string): FieldProblem[] =>
  said.trim() === "" ? [{ field, message: "must not be empty" }] : [];

export const labelTexts = {
  list: "Labels",
  create: "New label",
  titleHint: "In lower case, without commas. Conversations that have it follow a new name.",
  sidebar: "Show beside the conversations",
  emptyTitle: "No labels yet",
  emptyText: "Make one for each kind of question that you get.",
  removeText: "It disappears from every conversation and contact that has it.",
} as const;

export const teamTexts = {
  list: "Teams",
  create: "New team",
  nameHint: "In lower case, such as “sales”.",
  autoAssign: "Assign its conversations automatically",
  membersHint: "Who is in the team.",
  emptyTitle: "No teams yet",
  emptyText: "With teams, a conversation can wait for sales or support instead of one person.",
  removeText: "Its conversations stay and belong to no team.",
} as const;

export const cannedTexts = {
  list: "Canned responses",
  create: "New response",
  code: "Short code",
  codeHint: "One word. In a reply, / and this word bring the text.",
  content: "Text",
  emptyTitle: "No canned responses yet",
  emptyText: "Write down what you explain every day, once.",
  removeText: "Your team can no longer use it. Messages that were sent stay as they are.",
} as const;

export const attributeTexts = {
  list: "Custom attributes",
  create: "New attribute",
  displayName: "Name",
  key: "Key",
  keyHint: "What your website and tools call it, such as “plan”.",
  model: "Belongs to",
  models: { conversation_attribute: "Conversations", contact_attribute: "Contacts" },
  type: "Kind of value",
  types: {
    text: "Text",
    number: "Number",
    currency: "Amount of money",
    percent: "Percent",
    link: "Link",
    date: "Date",
    list: "One of a list",
    checkbox: "Yes or no",
  },
  values: "Values to choose from",
  valuesHint: "One a line.",
  emptyTitle: "No custom attributes yet",
  emptyText: "Define what you want to see beside a conversation: a plan, an order, a birthday.",
  removeText: "Values that are kept already stay, but are no longer named.",
} as const;
