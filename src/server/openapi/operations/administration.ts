// What administrators keep: the account, its people, its inboxes, its words.
import type { OperationGroup } from "./group.ts";

const A = "/api/v1/accounts/:account";
const attributes = `${A}/custom_attribute_definitions`;

export const administrationOperations: OperationGroup[] = [
  {
    tag: "Account",
    about: "The account and what was changed in it.",
    operations: {
      [`GET ${A}`]: ["Get the account"],
      [`PATCH ${A}`]: ["Update the account"],
      [`GET ${A}/audit_logs`]: ["List the audit log"],
    },
  },
  {
    tag: "Agents",
    about: "Who answers, and who administers.",
    operations: {
      [`GET ${A}/agents`]: ["List agents", 15],
      [`POST ${A}/agents`]: ["Add an agent", 16],
      [`PATCH ${A}/agents/:agent`]: [
        "Update an agent",
        17,
        "Who is not `active` may do nothing here, and his conversations become nobody's.",
      ],
      [`DELETE ${A}/agents/:agent`]: ["Remove an agent"],
    },
  },
  {
    tag: "Custom roles",
    about: "What some agents may do instead of what every agent may.",
    operations: {
      [`GET ${A}/custom_roles`]: ["List custom roles"],
      [`POST ${A}/custom_roles`]: ["Create a custom role"],
      [`GET ${A}/custom_roles/:custom_role`]: ["Get a custom role"],
      [`PATCH ${A}/custom_roles/:custom_role`]: [
        "Update a custom role",
        undefined,
        "Who has it may at once do what it says now.",
      ],
      [`DELETE ${A}/custom_roles/:custom_role`]: [
        "Delete a custom role",
        undefined,
        "Not while an agent has it: without it he could do more than before.",
      ],
    },
  },
  {
    tag: "Teams",
    about: "Agents to whom conversations go together.",
    operations: {
      [`GET ${A}/teams`]: ["List teams", 65],
      [`POST ${A}/teams`]: ["Create a team", 66],
      [`GET ${A}/teams/:team`]: ["Get a team", 67],
      [`PATCH ${A}/teams/:team`]: ["Update a team", 68],
      [`DELETE ${A}/teams/:team`]: ["Delete a team"],
      [`GET ${A}/teams/:team/team_members`]: ["List the agents of a team", 69],
      [`POST ${A}/teams/:team/team_members`]: ["Add agents to a team", 70],
      [`PATCH ${A}/teams/:team/team_members`]: ["Replace the agents of a team", 71],
      [`DELETE ${A}/teams/:team/team_members`]: ["Remove agents from a team", 72],
    },
  },
  {
    tag: "Inboxes",
    about: "Websites that carry the chat, and the agents who see them.",
    operations: {
      [`GET ${A}/inboxes`]: ["List inboxes", 45],
      [`POST ${A}/inboxes`]: ["Create an inbox", 47],
      [`GET ${A}/inboxes/:inbox_id`]: ["Get an inbox", 46],
      [`PATCH ${A}/inboxes/:inbox_id`]: ["Update an inbox", 48],
      [`DELETE ${A}/inboxes/:inbox_id`]: ["Delete an inbox"],
      [`GET ${A}/inbox_members/:inbox_id`]: ["List the agents of an inbox", 51],
      [`POST ${A}/inbox_members`]: ["Add agents to an inbox", 52],
      [`PATCH ${A}/inbox_members`]: ["Replace the agents of an inbox", 53],
      [`DELETE ${A}/inbox_members`]: ["Remove agents from an inbox", 54],
    },
  },
  {
    tag: "Labels",
    about: "The account's words for conversations and contacts.",
    operations: {
      [`GET ${A}/labels`]: ["List labels"],
      [`POST ${A}/labels`]: ["Create a label"],
      [`GET ${A}/labels/:label`]: ["Get a label"],
      [`PATCH ${A}/labels/:label`]: ["Update a label"],
      [`DELETE ${A}/labels/:label`]: ["Delete a label"],
    },
  },
  {
    tag: "Canned responses",
    about: "Texts that agents use again and again.",
    operations: {
      [`GET ${A}/canned_responses`]: ["List canned responses", 18],
      [`POST ${A}/canned_responses`]: ["Create a canned response", 19],
      [`PATCH ${A}/canned_responses/:canned_response`]: ["Update a canned response"],
      [`DELETE ${A}/canned_responses/:canned_response`]: ["Delete a canned response"],
    },
  },
  {
    tag: "Custom attributes",
    about: "The definitions of what conversations and contacts may carry besides.",
    operations: {
      [`GET ${attributes}`]: ["List custom attributes", 37],
      [`POST ${attributes}`]: ["Create a custom attribute", 38],
      [`GET ${attributes}/:custom_attribute`]: ["Get a custom attribute", 39],
      [`PATCH ${attributes}/:custom_attribute`]: ["Update a custom attribute", 40],
      [`DELETE ${attributes}/:custom_attribute`]: ["Delete a custom attribute"],
    },
  },
  {
    tag: "Custom filters",
    about: "Filters that an agent has saved for himself.",
    operations: {
      [`GET ${A}/custom_filters`]: ["List custom filters", 41],
      [`POST ${A}/custom_filters`]: ["Create a custom filter", 42],
      [`GET ${A}/custom_filters/:custom_filter`]: ["Get a custom filter", 43],
      [`PATCH ${A}/custom_filters/:custom_filter`]: ["Update a custom filter", 44],
      [`DELETE ${A}/custom_filters/:custom_filter`]: ["Delete a custom filter"],
    },
  },
];
