// Routes of contacts in the application API (seed 003, rows 20–26).
import type { FastifyReply } from "fastify";
import { z } from "zod";
import { CONTACTS_PAGE_SIZE } from "../../protocol/limits.ts";
import { applicationPaths } from "../../protocol/paths.ts";
import {
  contactConversationsSchema,
  contactEnvelopeSchema,
  contactInboxSchema,
  contactSchema,
  contactSearchSchema,
  labelListSchema,
} from "../../protocol/records-contacts.ts";
import type { Contact } from "../../protocol/records-contacts.ts";
import { idSchema } from "../../protocol/request-fields.ts";
import {
  createAgentsContactSchema,
  createContactInboxSchema,
  listContactConversationsSchema,
  listContactsSchema,
  mergeContactsSchema,
  searchContactsSchema,
  setLabelsSchema,
  updateAgentsContactSchema,
} from "../../protocol/requests-contacts.ts";
import { filterSchema } from "../../protocol/requests-filters.ts";
import type { Result } from "../../protocol/result.ts";
import { onlyAdministrators, onlyWith } from "../agents/rights.ts";
import { avatarFile } from "../attachments/avatars.ts";
import { listContactConversations } from "../conversations/of-contact.ts";
import type { RestDoor } from "../http/door.ts";
import type { RoomDeps } from "../room.ts";
import { contactEnvelope } from "./agent-records.ts";
import { createContact, deleteContact, getContact, updateContact } from "./agents-contacts.ts";
import { addContactInbox, listContactableInboxes } from "./contact-inboxes.ts";
import { filterContacts, listContacts, searchContacts } from "./directory.ts";
import { mergeContacts } from "./merge.ts";

const params = z.object({ contact: idSchema });
const path = applicationPaths.contact(":account", ":contact");
const list = applicationPaths.contacts(":account");
const one = { 200: contactEnvelopeSchema };
const page = { 200: z.array(contactEnvelopeSchema) };

/** Declares the routes on a door that knows the agent. */
export async function agentContactRoutes(parent: RestDoor, deps: RoomDeps): Promise<void> {
  await parent.register(async (app: RestDoor) => {
    app.addHook("onRequest", onlyWith("contact_manage"));
    directoryRoutes(app, deps);
    contactRoutes(app, deps);
    blockRoutes(app, deps);
    labelRoutes(app, deps);
    identityRoutes(app, deps);
  });
}

function directoryRoutes(app: RestDoor, deps: RoomDeps): void {
  const paged = (reply: FastifyReply, number: number, total: number) =>
    reply.paged({ page: number, perPage: CONTACTS_PAGE_SIZE, total });
  app.get(
    list,
    { schema: { querystring: listContactsSchema, response: page } },
    async (request, reply) => {
      const { total, contacts } = await listContacts(deps, request.agent, request.query);
      paged(reply, request.query.page, total);
      return contacts.map((contact) => contactEnvelope(contact));
    },
  );
  app.get(
    `${list}/search`,
    { schema: { querystring: searchContactsSchema, response: { 200: contactSearchSchema } } },
    async (request, reply) => {
      const found = await searchContacts(deps, request.agent, request.query);
      if (!found.ok) return reply.fail(found.error);
      const { total, contacts } = found.data;
      paged(reply, request.query.page, total);
      return reply.send({
        meta: { count: total, current_page: request.query.page },
        payload: contacts.map((contact) => contactEnvelope(contact)),
      });
    },
  );
  app.post(
    `${list}/filter`,
    { schema: { querystring: listContactsSchema, body: filterSchema, response: page } },
    async (request, reply) => {
      const { agent, body, query } = request;
      const found = await filterContacts(deps, agent, body.payload, query);
      if (!found.ok) return reply.fail(found.error);
      paged(reply, query.page, found.data.total);
      return reply.send(found.data.contacts.map((contact) => contactEnvelope(contact)));
    },
  );
}

function answer(reply: FastifyReply, result: Result<Contact>): FastifyReply {
  return result.ok ? reply.send(contactEnvelope(result.data)) : reply.fail(result.error);
}

function contactRoutes(app: RestDoor, deps: RoomDeps): void {
  app.post(
    list,
    {
      schema: { body: createAgentsContactSchema, response: one },
      config: { takesFiles: avatarFile(deps) },
    },
    async (request, reply) => {
      const created = await createContact(deps, request.agent, request.body);
      if (!created.ok) return reply.fail(created.error);
      const { contact, contactInbox } = created.data;
      return reply.send(contactEnvelope(contact, contactInbox));
    },
  );
  app.get(path, { schema: { params, response: one } }, async (request, reply) =>
    answer(reply, await getContact(deps, request.agent, request.params.contact)),
  );
  app.route({
    method: ["PUT", "PATCH"],
    url: path,
    schema: { params, body: updateAgentsContactSchema, response: one },
    config: { takesFiles: avatarFile(deps) },
    handler: async (request, reply) => {
      const { agent, params, body } = request;
      return answer(reply, await updateContact(deps, agent, params.contact, body));
    },
  });
  app.delete(
    path,
    { onRequest: onlyAdministrators, schema: { params, response: { 200: z.undefined() } } },
    async (request, reply) => {
      const result = await deleteContact(deps, request.agent, request.params.contact);
      return result.ok ? reply.code(200).send() : reply.fail(result.error);
    },
  );
  app.get(
    `${path}/conversations`,
    {
      schema: {
        params,
        querystring: listContactConversationsSchema,
        response: { 200: contactConversationsSchema },
      },
    },
    async (request, reply) => {
      const { agent, params, query } = request;
      const result = await listContactConversations(deps, agent, params.contact, query);
      if (!result.ok) return reply.fail(result.error);
      const { total, conversations } = result.data;
      reply.paged({ page: query.page, perPage: query.per_page, total });
      return reply.send(conversations);
    },
  );
}

function blockRoutes(app: RestDoor, deps: RoomDeps): void {
  for (const [word, blocked] of [
    ["block", true],
    ["unblock", false],
  ] as const) {
    app.post(`${path}/${word}`, { schema: { params, response: one } }, async (request, reply) => {
      const { agent, params } = request;
      return answer(reply, await updateContact(deps, agent, params.contact, { blocked }));
    });
  }
}

function labelRoutes(app: RestDoor, deps: RoomDeps): void {
  const response = { 200: labelListSchema };
  app.get(`${path}/labels`, { schema: { params, response } }, async (request, reply) => {
    const found = await getContact(deps, request.agent, request.params.contact);
    return found.ok ? reply.send({ payload: found.data.labels }) : reply.fail(found.error);
  });
  app.post(
    `${path}/labels`,
    { schema: { params, body: setLabelsSchema, response } },
    async (request, reply) => {
      const { agent, params, body } = request;
      const result = await updateContact(deps, agent, params.contact, body);
      return result.ok ? reply.send({ payload: result.data.labels }) : reply.fail(result.error);
    },
  );
}

function identityRoutes(app: RestDoor, deps: RoomDeps): void {
  app.post(
    `${path}/contact_inboxes`,
    { schema: { params, body: createContactInboxSchema, response: { 200: contactInboxSchema } } },
    async (request, reply) => {
      const { agent, params, body } = request;
      const { inbox_id, source_id = null } = body;
      const result = await addContactInbox(deps, agent, params.contact, inbox_id, source_id);
      return result.ok ? reply.send(result.data) : reply.fail(result.error);
    },
  );
  app.get(
    `${path}/contactable_inboxes`,
    { schema: { params, response: { 200: z.object({ payload: z.array(contactInboxSchema) }) } } },
    async (request, reply) => {
      const result = await listContactableInboxes(deps, request.agent, request.params.contact);
      return result.ok ? reply.send({ payload: result.data }) : reply.fail(result.error);
    },
  );
  app.post(
    applicationPaths.mergeContacts(":account"),
    { schema: { body: mergeContactsSchema, response: { 200: contactSchema } } },
    async (request, reply) => {
      const { base_contact_id, mergee_contact_id } = request.body;
      const result = await mergeContacts(deps, request.agent, base_contact_id, mergee_contact_id);
      return result.ok ? reply.send(result.data) : reply.fail(result.error);
    },
  );
}
