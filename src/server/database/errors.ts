// What PostgreSQL objected to, whether `pg` threw it or Drizzle wrapped it.

export interface DatabaseError {
  /** SQLSTATE, such as 23505. */
  code: string;
  constraint: string | undefined;
}

/** The database's own objection within an error, if that is what it is. */
export function databaseErrorOf(error: unknown): DatabaseError | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    const { code, constraint } = at as { code?: unknown; constraint?: string };
    if (typeof code === "string" && /^[0-9A-Z]{5}$/.test(code)) return { code, constraint };
  }
  return undefined;
}

/** Whether the error says that this unique index already holds the value. */
export function violatesUnique(error: unknown, constraint: string): boolean {
  const found = databaseErrorOf(error);
  return found?.code === "23505" && found.constraint === constraint;
}
