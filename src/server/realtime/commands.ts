// Commands of sockets: parsed with their schema, limited in number, run in their order, always answered.
import type { Socket } from "socket.io";
import type { z } from "zod";
import { failure } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import { describeError } from "../describe-error.ts";
import type { Log } from "../log.ts";
import { createBuckets } from "../rate-limits/buckets.ts";

type Schemas = Record<string, z.ZodType>;

/** What to do for each command; `caller` is what the server knows of the socket. */
export type Handlers<Caller, Commands extends Schemas, Answers> = {
  [Name in keyof Commands & keyof Answers]: (
    caller: Caller,
    input: z.output<Commands[Name]>,
  ) => Promise<Result<Answers[Name]>>;
};

export interface CommandsOptions<Caller, Known extends Schemas, Answers> {
  schemas: Known;
  handlers: Handlers<Caller, Known, Answers>;
  log: Log;
  /** Commands that one person may send in a second; three seconds' worth may come at once. */
  perSecond: number;
}

export interface Commands<Caller> {
  /** Runs a socket's commands from here on; all sockets of a person share one limit. Unknown ones are ignored. */
  listen(socket: Socket, caller: Caller, personId: number): void;
  /** Resolves when every command that has come in is answered. */
  settled(): Promise<void>;
}

const BURST_SECONDS = 3;

type Handle = (caller: unknown, input: unknown) => Promise<Result<unknown>>;

/** Creates what runs the commands of one namespace. */
export function createCommands<Caller, Known extends Schemas, Answers>(
  options: CommandsOptions<Caller, Known, Answers>,
): Commands<Caller> {
  const { log, perSecond } = options;
  const buckets = createBuckets({ perSecond, size: perSecond * BURST_SECONDS });
  const running = new Set<Promise<void>>();
  const known = new Map(
    Object.entries(options.schemas).map(([name, schema]) => {
      const handle = options.handlers[name as keyof typeof options.handlers] as unknown as Handle;
      return [name, { schema, handle }];
    }),
  );

  async function run(name: string, caller: Caller, input: unknown): Promise<Result<unknown>> {
    const command = known.get(name);
    if (!command) return failure("invalid", "There is no such command");
    const parsed = command.schema.safeParse(input);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      const field = issue?.path.join(".") ?? "";
      return failure("invalid", issue?.message ?? "is invalid", { field });
    }
    try {
      return await command.handle(caller, parsed.data);
    } catch (error) {
      log.error({ event: "command:failed", name, error: describeError(error) }, "command failed");
      return failure("internal", "Something went wrong on our side");
    }
  }

  return {
    listen(socket, caller, personId) {
      let last: Promise<void> | undefined;
      // One listener for all names: a socket is kept for each visitor who only looks.
      socket.onAny((name: string, input: unknown, acknowledge: unknown) => {
        if (!known.has(name)) return;
        const answer = typeof acknowledge === "function" ? acknowledge : undefined;
        const waitSeconds = buckets.take(personId);
        if (waitSeconds > 0) {
          const retryAfterSeconds = Math.ceil(waitSeconds);
          answer?.(failure("too_many_requests", "Slow down", { retryAfterSeconds }));
          return;
        }
        const work = (last ? last.then(() => run(name, caller, input)) : run(name, caller, input))
          .then((result) => void answer?.(result))
          .finally(() => {
            running.delete(work);
            if (last === work) last = undefined;
          });
        last = work;
        running.add(work);
      });
    },
    async settled() {
      while (running.size > 0) await Promise.allSettled(running);
    },
  };
}
