// What the contract of the agents' transport is tried on, and the first steps of every trial.
import { expect, vi } from "vitest";
import type { AttributeModel } from "../protocol/lists.ts";
import type { Result } from "../protocol/result.ts";
import type { AgentEventMap } from "../protocol/socket.ts";
import type { AgentRest, AgentSocket } from "./agent-transport.ts";

export interface AgentTransport {
  rest: AgentRest;
  /** An administrator of an account without conversations. */
  credentials: { email: string; password: string };
  createSocket(pubsubToken: string): AgentSocket;
  /** Adds what administrators keep. */
  keep: {
    label(title: string): Promise<unknown>;
    cannedResponse(shortCode: string, content: string): Promise<unknown>;
    team(name: string): Promise<unknown>;
    attribute(key: string, model: AttributeModel): Promise<unknown>;
  };
  visitor: {
    /** Starts a conversation; answers its number. */
    start(content: string): Promise<number>;
    write(conversationId: number, content: string): Promise<void>;
    setTyping(conversationId: number, isTyping: boolean): Promise<void>;
  };
}

type Heard = { [Name in keyof AgentEventMap]: Parameters<AgentEventMap[Name]>[0][] };

const eventNames = [
  "message:created",
  "message:updated",
  "conversation:created",
  "conversation:updated",
  "typing:changed",
  "agent:updated",
  "conversation:deleted",
  "settings:changed",
  "server:stopping",
] as const satisfies (keyof AgentEventMap)[];

/** The value of a success; a failure ends the test. */
export function valueOf<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.data;
}

export async function signInTo(transport: AgentTransport) {
  const profile = valueOf(await transport.rest.signIn(transport.credentials));
  return { ...transport, profile, accountId: profile.account_id };
}

/** Signed in, connected, and keeping everything that is heard. */
export async function connectTo(opened: AgentTransport) {
  const transport = await signInTo(opened);
  const socket = transport.createSocket(transport.profile.pubsub_token);
  const heard = Object.fromEntries(eventNames.map((event) => [event, []])) as unknown as Heard;
  for (const event of eventNames) {
    socket.on(event, (data: unknown) => void (heard[event] as unknown[]).push(data));
  }
  socket.connect();
  await vi.waitFor(() => expect(socket.state).toBe("connected"), 5_000);
  return { ...transport, socket, heard };
}
