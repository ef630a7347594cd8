// The words of the contact panel and of what can be done with a contact.

export const contactTexts = {
  save: "Save",
  cancel: "Cancel",
  notTaken: "The server does not take this: it may be wrong, or belong to another contact.",
  contactLabels: "Labels of the contact",
  addLabel: "Add a label",
  previous: "Previous conversations",
  noPrevious: "This is the contact's first conversation.",
  stated: "Stated by the visitor, not verified",
  picture: "Picture",
  actions: "What to do with this contact",
  block: "Block the contact",
  unblock: "Unblock the contact",
  blocked: "Blocked",
  blockedHint: "Blocked: what this contact writes opens nothing and tells nobody",
  merge: "Merge with another contact…",
  mergeHint: "Find the contact to keep",
  mergeTeach: "Find the contact who is the same person, by name, e-mail or phone.",
  mergeEmpty: "No other contact is found. Only those with an e-mail, phone or identifier are.",
  mergeTitle: "Merge these contacts?",
  mergeButton: "Merge",
  mergeFinal: "This cannot be undone.",
  remove: "Delete the contact…",
  removeTitle: "Delete this contact?",
  removeText:
    "All conversations and messages of this contact are deleted with them, for everybody, and cannot be brought back.",
  removeButton: "Delete for ever",
  deleteMessage: "Delete message",
  deleteMessageHint: "Delete for everybody, the visitor too",
  typeToConfirm: (name: string) => `Type “${name}” to go on`,
  messageDeleted: "This message was deleted",
  invalidLink: "A link begins with https:// or http://.",
} as const;

export const editText = (name: string): string => `Change ${name}`;
export const mergeText = (gone: string, kept: string): string =>
  `Everything of ${gone}, conversations too, goes to ${kept}. ${gone} is removed; where both say something, what ${kept} says stays.`;
