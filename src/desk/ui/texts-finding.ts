// The words of search, filters and saved views.
import type { FilterOperator, StandardKey } from "../store/filter.ts";

export const findingTexts = {
  search: "Search",
  searchHint: "Words, names, addresses…",
  closeSearch: "Close the search",
  searchEmpty: "Nothing has these words.",
  searchTeach: "Finds messages and notes by the beginnings of their words, and contacts.",
  searching: "Searching",
  foundContacts: "Contacts",
  foundMessages: "Messages",
  backToResults: "Back to the results",
  noConversations: "This contact has no conversation that you may see.",
  filter: "Filter",
  filterConversations: "Filter conversations",
  filtered: "Filtered",
  filteredEmptyTitle: "Nothing fits",
  filteredEmptyText: "No conversation has all that this filter asks for.",
  clearFilter: "Clear the filter",
  editFilter: "Change the filter…",
  renameView: "Rename…",
  deleteView: "Delete the view",
  saveView: "Save as a view…",
  viewActions: "What to do with this view",
  viewName: "Name of the view",
  savedViews: "Saved views",
  save: "Save",
  apply: "Apply",
  cancel: "Cancel",
  matchLabel: "Show conversations that fit",
  matchAll: "all of these",
  matchAny: "any of these",
  addCondition: "Add a condition",
  removeCondition: "Remove this condition",
  attribute: "What",
  operator: "How",
  value: "Value",
  incomplete: "Say what to compare with.",
  days: "Days",
  yes: "Yes",
  no: "No",
  missingViewTitle: "This view is not here",
  missingViewText: "It was deleted, or holds a filter that this desk cannot show.",
} as const;

export const filterKeyTexts: Record<StandardKey, string> = {
  status: "Status",
  assignee_id: "Assignee",
  inbox_id: "Inbox",
  team_id: "Team",
  labels: "Labels",
  priority: "Priority",
  created_at: "Started",
  last_activity_at: "Last activity",
};

export const operatorTexts: Record<FilterOperator, string> = {
  equal_to: "is",
  not_equal_to: "is not",
  contains: "contains",
  does_not_contain: "does not contain",
  is_greater_than: "is more than",
  is_less_than: "is less than",
  days_before: "more days ago than",
  is_present: "is set",
  is_not_present: "is not set",
};

const timeOperatorTexts: Partial<Record<FilterOperator, string>> = {
  is_greater_than: "after",
  is_less_than: "before",
};

export const operatorText = (operator: FilterOperator, isDate: boolean): string =>
  (isDate ? timeOperatorTexts[operator] : undefined) ?? operatorTexts[operator];
export const conditionText = (number: number): string => `Condition ${number}`;
export const foundText = (conversations: number, contacts: number): string =>
  `${counted(conversations, "conversation")} and ${counted(contacts, "contact")} found`;
const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? "" : "s"}`;
