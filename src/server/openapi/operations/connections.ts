// How programs are connected: webhooks, access tokens, sessions, and other products' dialects.
import type { OperationGroup } from "./group.ts";

const A = "/api/v1/accounts/:account";
const webhook = `${A}/webhooks/:webhook`;
const followUp = "/dialects/acquire/api/v1/crm/follow-up";
const intercom = "/dialects/intercom/conversations/:conversation";

export const connectionOperations: OperationGroup[] = [
  {
    tag: "Webhooks",
    about: "Addresses that hear of events.",
    operations: {
      [`GET ${A}/webhooks`]: ["List webhooks", 73],
      [`POST ${A}/webhooks`]: [
        "Create a webhook",
        74,
        "The `secret` that signs deliveries is answered here, and never again.",
      ],
      [`PATCH ${webhook}`]: ["Update a webhook", 75],
      [`DELETE ${webhook}`]: ["Delete a webhook"],
      [`POST ${webhook}/rotate_secret`]: [
        "Rotate the secret of a webhook",
        undefined,
        "The previous secret signs too until its time is over.",
      ],
      [`GET ${webhook}/deliveries`]: ["List the deliveries of a webhook"],
      [`POST ${webhook}/deliveries/:delivery/redeliver`]: ["Repeat a delivery"],
    },
  },
  {
    tag: "Access tokens",
    about: "Tokens for tools, each for what it is meant for.",
    operations: {
      [`GET ${A}/access_tokens`]: ["List access tokens"],
      [`POST ${A}/access_tokens`]: [
        "Create an access token",
        undefined,
        "The token itself is answered here, and never again.",
      ],
      [`DELETE ${A}/access_tokens/:token`]: ["Revoke an access token"],
      [`GET ${A}/profile_tokens`]: ["List the tokens of agents' profiles"],
      [`DELETE ${A}/profile_tokens/:agent`]: [
        "Revoke the token of an agent's profile",
        undefined,
        "The agent finds another one in the profile. Not of agents who work in other accounts too.",
      ],
    },
  },
  {
    tag: "Session",
    about: "Who is signed in.",
    operations: {
      "POST /auth/sign_in": [
        "Sign in",
        undefined,
        "Answers with a session cookie, and its `X-CSRF-Token` as a header.",
      ],
      "DELETE /auth/sign_out": ["Sign out"],
      "PUT /auth/password": ["Accept an invitation"],
      "GET /api/v1/profile": ["Get the own profile"],
      "PUT /api/v1/profile": [
        "Change the own profile",
        undefined,
        "What is missing stays. A new password needs the present one; it ends every other session, and the tokens of the profile and of the socket.",
      ],
      "POST /api/v1/profile/reset_access_token": [
        "Reset the own access token",
        undefined,
        "The one before opens nothing any more.",
      ],
      "POST /api/v1/profile/availability": ["Set the own availability"],
      "PUT /api/v1/profile/availability": ["Put the own availability", undefined, "As with POST."],
    },
  },
  {
    tag: "Dialects",
    about: "Snoozing as other products' clients ask for it. Errors are in the words of each.",
    operations: {
      [`POST ${intercom}/reply`]: [
        "Reply as with Intercom",
        undefined,
        "Also snoozes, opens, closes, assigns and notes, by `message_type`.",
      ],
      [`POST ${intercom}/parts`]: [
        "Add a part as with Intercom",
        undefined,
        "The same as `reply`.",
      ],
      "PUT /dialects/helpcrunch/v1/chats/snooze": [
        "Snooze a chat as with HelpCrunch",
        undefined,
        "`null` wakes it. 120 calls in a minute.",
      ],
      [`GET ${followUp}`]: ["List follow-ups as with Acquire"],
      [`POST ${followUp}`]: ["Create a follow-up as with Acquire"],
      [`POST ${followUp}/create`]: ["Add a follow-up as with Acquire", undefined, "The same."],
      [`GET ${followUp}/:snooze`]: ["Get a follow-up as with Acquire"],
      [`DELETE ${followUp}/:snooze`]: ["Delete a follow-up as with Acquire"],
    },
  },
];
