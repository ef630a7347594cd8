// The desk's REST calls, by the cookie session of this browser and its CSRF token.
import { applicationPaths as paths } from "../protocol/paths.ts";
import type { AgentRest } from "./agent-transport.ts";
import { createAgentSnoozesRest } from "./agent-snoozes.ts";
import { createAgentWorkspaceRest } from "./agent-workspace-rest.ts";
import type { FieldProblem } from "../protocol/result.ts";
import { createRest } from "./rest.ts";
import type { Rest } from "./rest.ts";
import { createSettingsRest } from "./settings-rest.ts";
import { createTray } from "./file-tray.ts";
import { createSendFile } from "./send-file.ts";

const CSRF_HEADER = "x-csrf-token";

export interface AgentRestOptions {
  /** Where the server is; empty for this page's own origin. */
  baseUrl: string;
  /** Called when the server no longer knows our session; not for a refused sign-in. */
  onSessionLost?: () => void;
  timeoutMs?: number;
  fetch?: typeof fetch;
}

/** Creates the desk's REST client. The CSRF token lives in memory: `getProfile` brings it after a reload. */
export function createAgentRest(options: AgentRestOptions): AgentRest {
  let csrfToken = "";
  const send = options.fetch ?? ((...input: Parameters<typeof fetch>) => fetch(...input));

  const call: Rest = async (method, path, more) => {
    let fields: FieldProblem[] | undefined;
    const rest = createRest({
      baseUrl: options.baseUrl,
      credentials: "same-origin",
      headers: (): Record<string, string> => (csrfToken === "" ? {} : { [CSRF_HEADER]: csrfToken }),
      ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
      fetch: async (input, init) => {
        // What is deleted as the page goes must outlive it.
        const keepalive = init?.method === "DELETE";
        const response = await send(input, { ...init, keepalive });
        csrfToken = response.headers.get(CSRF_HEADER) ?? csrfToken;
        if (response.status === 422) fields = await fieldsOf(response.clone());
        return response;
      },
    });
    const result = await rest<never>(method, path, more);
    if (result.ok) return result;
    if (result.error.code === "unauthenticated" && isOfSession(path)) options.onSessionLost?.();
    return fields ? { ok: false, error: { ...result.error, fields } } : result;
  };

  const sendFile = createSendFile({
    baseUrl: options.baseUrl,
    headers: () => ({ [CSRF_HEADER]: csrfToken }),
  });

  return {
    ...createAgentWorkspaceRest(call),
    ...createAgentSnoozesRest(call),
    settings: createSettingsRest(call),
    openTray: (account, conversation, deps) =>
      createTray({
        ...deps,
        send: (file, more) => sendFile(paths.attachments(account, conversation), file, more),
      }),
    signIn: (input) => call("POST", paths.signIn(), { body: input }),
    async signOut() {
      const result = await call<null>("DELETE", paths.signOut());
      if (result.ok) csrfToken = "";
      return result;
    },
    getProfile: () => call("GET", paths.profile()),
    setAvailability: (availability) =>
      call("POST", paths.availability(), { body: { availability } }),
    listAgents: (account) => call("GET", paths.agents(account)),
    listInboxes: (account) => call("GET", paths.inboxes(account)),
    listConversations: (account, query) => call("GET", paths.conversations(account), { query }),
    countConversations: (account, query) =>
      call("GET", paths.conversationCounts(account), { query }),
    getConversation: (account, conversation) =>
      call("GET", paths.conversation(account, conversation), { query: { messages: "last" } }),
    listMessages: (account, conversation, page = {}) =>
      call("GET", paths.messages(account, conversation), { query: { ...page } }),
    assignConversation: (account, conversation, assigneeId) =>
      call("POST", paths.assignments(account, conversation), { body: { assignee_id: assigneeId } }),
    toggleStatus: (account, conversation, input) =>
      call("POST", paths.toggleStatus(account, conversation), { body: input }),
    togglePriority: (account, conversation, priority) =>
      call("POST", paths.togglePriority(account, conversation), { body: { priority } }),
  };
}

/** Elsewhere, "unauthenticated" speaks of what was typed. */
const isOfSession = (path: string) => path !== paths.signIn() && path !== paths.password();

async function fieldsOf(response: Response): Promise<FieldProblem[] | undefined> {
  try {
    const { errors } = (await response.json()) as { errors?: FieldProblem[] };
    return errors?.filter(({ field }) => field !== "");
  } catch {
    // A proxy's page; the status says enough.
    return undefined;
  }
}
