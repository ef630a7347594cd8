// What is measured, seen alike: a server that takes messages from visitors and hands them to an agent.
import type { MemoryUse } from "./server-memory.ts";

/** One visitor's connection. */
export interface Talker {
  /** Resolves when the server has acknowledged the message; rejects when it refuses it. */
  send(content: string): Promise<void>;
}

export interface Contender {
  name: string;
  /** Connects visitors, each with a conversation of its own, ready to send. */
  connectTalkers(count: number): Promise<Talker[]>;
  /** Calls `heard` with the content of each message that reaches the agent. */
  connectAgent(heard: (content: string) => void): Promise<void>;
  /** Opens connections that say nothing. */
  connectIdle(count: number): Promise<void>;
  /** After a garbage collection. */
  memory(): Promise<MemoryUse>;
  /** Closes every client. */
  disconnect(): void;
  /** Closes every client and stops the server. */
  stop(): Promise<void>;
}
