// How each documented operation is called in the documented world, and where its answer differs, and why.
import { createHmac } from "node:crypto";
import type { DocumentedWorld } from "./documented-world.ts";
import type { Deviations } from "./example.ts";

export interface DocumentedCall {
  query?: string;
  /** What must be there for the answer to show it. */
  needs?: (keyof DocumentedWorld["named"])[];
  /** Values in the documented request that must name something, or be something, for the request to make sense. */
  fill?: (world: DocumentedWorld) => Record<string, unknown> | Promise<Record<string, unknown>>;
  differs?: Deviations;
}

const anAddress = () => `${crypto.randomUUID()}@example.com`;
const picture = "https://example.com/picture.png";

const aContact = () => ({ email: anAddress(), avatar_url: picture });
const aNewContact = ({ inbox }: DocumentedWorld) => ({ ...aContact(), inbox_id: inbox.id });
const signed = ({ inbox }: DocumentedWorld) => ({
  ...aContact(),
  identifier_hash: createHmac("sha256", inbox.hmacToken).update("string").digest("hex"),
});
const members = ({ agent, inbox }: DocumentedWorld) => ({
  inbox_id: String(inbox.id),
  "user_ids.0": agent.id,
});
const teamMembers = ({ agent }: DocumentedWorld) => ({ "user_ids.0": agent.id });

const unnamed = { "answer.display_name is null, not string": "a new agent has chosen none" };
const noFile = "the request brings no file";
const asOneRecord = (at: string): Deviations =>
  Object.fromEntries(
    [
      "content_attributes is object, not string",
      "conversation_id is number, not string",
      "created_at is number, not string",
      "id is number, not string",
    ].map((sentence) => [
      `${at}.${sentence}`,
      "a message is the same record on every door, as rows 58 and 59 print it (decision 6)",
    ]),
  );
/** The document prints a user here, as if by mistake. */
const aMessageInstead = Object.fromEntries(
  [
    "uid",
    "name",
    "available_name",
    "display_name",
    "email",
    "account_id",
    "role",
    "confirmed",
    "custom_attributes",
    "accounts",
  ].map((field) => [
    `answer.${field} is missing`,
    "what deletes a message answers the message, and not a user",
  ]),
);

/** What an account calls its own attributes is not for the document to say. */
const sampleAttributes = (at: string, keys: string[]) =>
  Object.fromEntries(
    keys.map((key) => [`${at}.${key} is missing`, "the request names no attributes"]),
  );

/** By row; a row that is missing is asked as it stands. */
export const documentedCalls: Record<number, DocumentedCall> = {
  16: { fill: () => ({ email: anAddress() }), differs: unnamed },
  18: { needs: ["canned_response"] },
  20: { query: "page=1&sort=name" },
  21: {
    fill: aNewContact,
    differs: sampleAttributes("answer.payload.contact.custom_attributes", [
      "attribute_key",
      "signed_up_at",
    ]),
  },
  23: { fill: aContact },
  24: { needs: ["conversation"] },
  25: { query: "q=vera@&sort=name&page=1" },
  26: { needs: ["contact"], query: "page=1" },
  27: {
    fill: async ({ agent, named }) => ({ assignee_id: agent.id, team_id: await named.team() }),
  },
  30: { needs: ["conversation"] },
  31: { needs: ["conversation"], query: "assignee_type=all&status=pending&page=1" },
  32: {
    fill: async ({ visitor, inbox, agent, named }) => ({
      source_id: visitor.sourceId,
      inbox_id: String(inbox.id),
      contact_id: String(visitor.id),
      assignee_id: String(agent.id),
      team_id: String(await named.team()),
    }),
  },
  33: { needs: ["conversation"], query: "page=1" },
  37: { needs: ["custom_attribute"], query: "attribute_model=0" },
  41: { needs: ["custom_filter"], query: "filter_type=conversation" },
  47: { fill: () => ({ "channel.widget_color": "#1f5eff" }) },
  48: { fill: () => ({ "channel.widget_color": "#1f5eff" }) },
  52: { fill: members },
  53: { fill: members },
  54: { fill: members },
  59: { differs: { "answer.attachment is null, not object": noFile } },
  60: { differs: aMessageInstead },
  65: { needs: ["team"] },
  69: { needs: ["team_member"] },
  70: { fill: teamMembers },
  71: { fill: teamMembers },
  72: { fill: teamMembers },
  73: { needs: ["webhook"] },
  74: { fill: () => ({ url: "https://example.com/hook" }) },
  75: { fill: () => ({ url: "https://example.com/other" }) },
  85: { fill: signed },
  87: { fill: signed },
  88: { differs: { "answer.messages is empty": "nothing has been said yet" } },
  89: { needs: ["conversation"] },
  90: { differs: { ...asOneRecord("answer"), "answer.attachments is empty": noFile } },
  91: { needs: ["conversation"], differs: asOneRecord("answer[]") },
  92: {
    differs: { ...asOneRecord("answer"), "answer.attachments is empty": "a survey has no file" },
  },
};
