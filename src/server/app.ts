// The application: both doors and every room, ready but not listening. Knows no environment, no process.
import cookie from "@fastify/cookie";
import type { FastifyInstance } from "fastify";
import type { Logger } from "pino";
import { accessTokenRoutes } from "./access-tokens/routes.ts";
import { accountRoutes } from "./accounts/account-routes.ts";
import { createPasswords } from "./accounts/passwords.ts";
import type { SignInDeps } from "./accounts/routes.ts";
import { passwordRoutes, profileRoutes, signInRoutes } from "./accounts/routes.ts";
import { createSignInThrottle } from "./accounts/sign-in-throttle.ts";
import { agentRoutes } from "./agents/routes.ts";
import { createAttachments } from "./attachments/attachments.ts";
import { agentAttachmentRoutes, visitorAttachmentRoutes } from "./attachments/routes.ts";
import { serveAvatars, serveFiles } from "./attachments/serve-files.ts";
import { auditRoutes } from "./audit/routes.ts";
import { cannedResponseRoutes } from "./canned-responses/routes.ts";
import type { Config } from "./config.ts";
import { createContactActivity } from "./contacts/activity.ts";
import { agentContactRoutes } from "./contacts/agent-routes.ts";
import { createVisitorRoutes, visitorRoutes } from "./contacts/routes.ts";
import { agentConversationRoutes } from "./conversations/agent-routes.ts";
import { conversationAttributeRoutes } from "./conversations/attribute-routes.ts";
import { createAutoReplies } from "./conversations/auto-replies.ts";
import { createQueueNews } from "./conversations/queue-news.ts";
import { conversationSearchRoutes } from "./conversations/search-routes.ts";
import { handleUnassigning } from "./conversations/unassign.ts";
import { visitorConversationRoutes } from "./conversations/visitor-routes.ts";
import { customAttributeRoutes } from "./custom-attributes/routes.ts";
import { customRoleRoutes } from "./custom-roles/routes.ts";
import { customFilterRoutes } from "./custom-filters/routes.ts";
import type { DatabaseConnection } from "./database/connection.ts";
import { dialectRoutes } from "./dialects/routes.ts";
import { createEvents } from "./events.ts";
import { authenticateAgents, refuseForeignPages } from "./http/agent-authentication.ts";
import { sessionCookie } from "./http/cookies.ts";
import { createHttpDoor } from "./http/door.ts";
import type { RestDoor } from "./http/door.ts";
import { healthRoutes } from "./http/health.ts";
import { hardenAnswers } from "./http/security-headers.ts";
import { authenticateVisitors, openToWebsites } from "./http/visitor-authentication.ts";
import { createKeptBuilds } from "./http/kept-builds.ts";
import { serveWebFiles } from "./http/web-files.ts";
import { inboxMemberRoutes } from "./inboxes/member-routes.ts";
import { agentInboxRoutes, visitorInboxRoutes } from "./inboxes/routes.ts";
import { createUsualReplies } from "./inboxes/usual-replies.ts";
import { createJobs } from "./jobs/jobs.ts";
import { handleReplacingLabels } from "./labels/replace.ts";
import { labelRoutes } from "./labels/routes.ts";
import { handleMails } from "./mail/mails.ts";
import { agentMessageRoutes } from "./messages/agent-routes.ts";
import { createUsualMessageStore } from "./messages/usual-messages.ts";
import { visitorMessageRoutes } from "./messages/visitor-routes.ts";
import type { ApiDocument } from "./openapi/document.ts";
import { describeApi } from "./openapi/routes.ts";
import { createOutgoing } from "./outgoing/outgoing.ts";
import type { OutgoingDeps } from "./outgoing/outgoing.ts";
import { createRateLimits } from "./rate-limits/rate-limits.ts";
import { createCounterStore } from "./rate-limits/store.ts";
import { createRealtime } from "./realtime/door.ts";
import type { RealtimeDeps } from "./realtime/door.ts";
import type { RoomDeps } from "./room.ts";
import { visitorLinkRoutes } from "./share-links/link-routes.ts";
import { chatPageRoutes } from "./share-links/page-routes.ts";
import { createSnoozeAlarm } from "./snooze/alarm.ts";
import { snoozeRoutes } from "./snooze/routes.ts";
import { teamRoutes } from "./teams/routes.ts";
import { agentTranscriptRoutes, visitorTranscriptRoutes } from "./transcripts/routes.ts";
import { createWebhooks } from "./webhooks/background.ts";
import type { Webhooks, WebhooksDeps } from "./webhooks/background.ts";
import { webhookRoutes } from "./webhooks/routes.ts";
import { visitorEventRoutes } from "./webhooks/visitor-events.ts";

export interface AppDeps {
  config: Config;
  database: DatabaseConnection;
  log: Logger;
  clock: () => Date;
  /** Folder of the built files for browsers; it may be missing. */
  webDirectory: string;
  deliverWebhooks?: WebhooksDeps["deliverWebhooks"];
  /** What tests and measurements set otherwise. */
  limits?: RealtimeDeps["limits"] & {
    outgoing?: Omit<OutgoingDeps, "allowedPrivate">;
    /** log2 of scrypt's N for new passwords; 17 unless told. */
    passwordCost?: number;
  };
}

export interface App {
  http: FastifyInstance;
  /** The description of every REST operation. */
  apiDocument(): ApiDocument;
  /** Answers the address at which it listens. */
  listen(at: { host: string; port: number }): Promise<string>;
  /** Finishes what is in flight, tells the sockets, lets go of everything but the database. */
  stop(): Promise<void>;
}

/** Creates an application; several may live in one process. */
export async function createApp({ limits = {}, ...deps }: AppDeps): Promise<App> {
  const { config, database, log, clock, webDirectory, deliverWebhooks } = deps;
  const { db, pool } = database;
  const events = createEvents({ db, log });
  const jobs = createJobs({ pool, log });
  const usualMessages = createUsualMessageStore({ pool });
  const attachments = await createAttachments({ db, jobs, clock, config });
  const store = await createCounterStore({ pool, config, log });
  const rateLimits = createRateLimits({ store, config: config.rateLimits, log });
  const usualReplies = createUsualReplies({ db, clock });
  const room: RoomDeps = {
    db,
    pool,
    events,
    usualMessages,
    usualReplies,
    jobs,
    attachments,
    rateLimits,
    clock,
    config,
  };
  const outgoing = createOutgoing({
    allowedPrivate: config.allowPrivateAddresses ?? [],
    ...limits.outgoing,
  });
  const mails = handleMails(room);
  handleUnassigning(room);
  handleReplacingLabels(room);
  const webhooks = createWebhooks({ ...room, outgoing, log, deliverWebhooks });
  const snoozeAlarm = createSnoozeAlarm({ ...room, log });
  const http = await createHttpDoor({ log, trustProxy: config.trustProxy });
  hardenAnswers(http, { isHttps: config.publicUrl.startsWith("https:") });
  await http.register(cookie);
  const apiDocument = describeApi(http, config);
  healthRoutes(http, room);
  await openClientApi(http, room);
  await openApplicationApi(http, {
    ...room,
    passwords: createPasswords(limits.passwordCost),
    throttle: createSignInThrottle(room),
    cookie: sessionCookie(config.publicUrl),
    webhooks,
  });
  await dialectRoutes(http, room);
  chatPageRoutes(http, room);
  serveFiles(http, room);
  serveAvatars(http, room);
  const { dataDirectory } = config;
  const keptBuilds = createKeptBuilds({ webDirectory, dataDirectory, clock, log });
  const warmUp = serveWebFiles(http, { db, webDirectory, keptBuilds });
  const realtime = await createRealtime({ ...room, config, log, limits }, http.server);
  // After it: sockets hear of an event before anything else follows from it.
  const activity = createContactActivity({ ...room, log });
  const queueNews = createQueueNews({ ...room, log });
  const autoReplies = createAutoReplies({ ...room, log });
  await http.ready();

  let stopping: Promise<void> | undefined;
  return {
    http,
    apiDocument,
    async listen(at) {
      await webhooks.prepare();
      await attachments.start();
      const url = await http.listen(at);
      await jobs.start();
      webhooks.start();
      snoozeAlarm.start();
      keptBuilds.start();
      void warmUp();
      return url;
    },
    stop: () =>
      (stopping ??= (async () => {
        await snoozeAlarm.stop();
        await realtime.stop();
        await http.close();
        await Promise.all([
          jobs.stop(),
          webhooks.stop(),
          activity.stop(),
          queueNews.stop(),
          autoReplies.stop(),
          keptBuilds.stop(),
        ]);
        attachments.stop();
        mails.stop();
        rateLimits.stop();
      })()),
  };
}

/** What visitors' browsers call (seed 003, rows 85–92). */
async function openClientApi(http: RestDoor, room: RoomDeps): Promise<void> {
  await http.register(async (app: RestDoor) => {
    openToWebsites(app, room);
    visitorInboxRoutes(app, room);
    createVisitorRoutes(app, room);
    await app.register(async (own: RestDoor) => {
      authenticateVisitors(own, room);
      visitorRoutes(own, room);
      visitorConversationRoutes(own, room);
      visitorMessageRoutes(own, room);
      visitorAttachmentRoutes(own, room);
      visitorTranscriptRoutes(own, room);
      visitorEventRoutes(own, room);
      visitorLinkRoutes(own, room);
    });
  });
}

/** What the desk and agents' tools call. */
async function openApplicationApi(
  http: RestDoor,
  { webhooks, ...deps }: SignInDeps & { webhooks: Webhooks },
): Promise<void> {
  await http.register(async (app: RestDoor) => {
    refuseForeignPages(app, deps);
    signInRoutes(app, deps);
    passwordRoutes(app, deps);
  });
  await http.register(async (app: RestDoor) => {
    authenticateAgents(app, deps);
    profileRoutes(app, deps);
    agentRoutes(app, deps);
    agentInboxRoutes(app, deps);
    inboxMemberRoutes(app, deps);
    teamRoutes(app, deps);
    cannedResponseRoutes(app, deps);
    labelRoutes(app, deps);
    customAttributeRoutes(app, deps);
    customFilterRoutes(app, deps);
    accountRoutes(app, deps);
    auditRoutes(app, deps);
    await agentContactRoutes(app, deps);
    agentConversationRoutes(app, deps);
    conversationAttributeRoutes(app, deps);
    conversationSearchRoutes(app, deps);
    agentMessageRoutes(app, deps);
    agentAttachmentRoutes(app, deps);
    agentTranscriptRoutes(app, deps);
    snoozeRoutes(app, deps);
    accessTokenRoutes(app, deps);
    customRoleRoutes(app, deps);
    await webhookRoutes(app, webhooks);
  });
}
