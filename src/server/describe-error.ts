// An error for the log: what and where, without the values that were in play.
import { databaseErrorOf } from "./database/errors.ts";

export interface ErrorDescription {
  type: string;
  message?: string;
  code?: string;
  constraint?: string;
  stack?: string[];
}

/** Messages of the database and of Drizzle repeat statements and their values: those are left out. */
export function describeError(error: unknown): ErrorDescription {
  if (!(error instanceof Error)) return { type: typeof error };
  const database = databaseErrorOf(error);
  const frames = (error.stack ?? "").split("\n").filter((line) => line.startsWith("    at "));
  return {
    type: error.name,
    ...(database || error.message.startsWith("Failed query") ? {} : { message: error.message }),
    ...(database ? { code: database.code } : {}),
    ...(database?.constraint ? { constraint: database.constraint } : {}),
    stack: frames.slice(0, 12).map((line) => line.trim()),
  };
}
