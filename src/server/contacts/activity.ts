// When a contact was last active: kept beside him, since lists are sorted by it. Written aside, some
// at a time, so that no message waits for it; after a crash the last moments may be missing.
import { sql } from "drizzle-orm";
import { contacts } from "../database/contact-tables.ts";
import { describeError } from "../describe-error.ts";
import type { DomainEvent } from "../events.ts";
import type { Log } from "../log.ts";
import type { RoomDeps } from "../room.ts";

const WRITE_AFTER_MS = 500;

export interface ContactActivity {
  /** Writes what is not written yet. */
  stop(): Promise<void>;
}

/** Which contact this event shows to be there. */
function activeContact(event: DomainEvent): number | undefined {
  if (event.name === "typing:changed") {
    return event.from === "visitor" ? event.audience.contactId : undefined;
  }
  return "actor" in event && event.actor.type === "contact" ? event.actor.id : undefined;
}

/** Starts to follow the events. */
export function createContactActivity({
  db,
  events,
  clock,
  log,
}: Pick<RoomDeps, "db" | "events" | "clock"> & { log: Log }): ContactActivity {
  let seen = new Map<number, Date>();
  let timer: NodeJS.Timeout | undefined;
  let writing = Promise.resolve();

  async function write(): Promise<void> {
    timer = undefined;
    const entries = [...seen];
    seen = new Map();
    if (entries.length === 0) return;
    const ids = sql.param(entries.map(([id]) => id));
    const times = sql.param(entries.map(([, time]) => time.toISOString()));
    // Whoever is being changed at this moment is left out: nobody waits, and nobody blocks another. Nor
    // does its commit wait for the disk, where messages would wait behind it.
    await db.execute(sql`
      with aside as materialized (select set_config('synchronous_commit', 'off', true)),
      seen as (select * from unnest(${ids}::bigint[], ${times}::timestamptz[]) as s(id, at)),
      free as (select c.id from contacts c where c.id in (select id from seen)
        for no key update skip locked)
      update ${contacts} set last_activity_at = seen.at from aside, seen join free on free.id = seen.id
      where contacts.id = seen.id and coalesce(contacts.last_activity_at, '-infinity') < seen.at`);
  }

  function writeSoon(): void {
    timer ??= setTimeout(() => {
      writing = write().catch((error: unknown) =>
        log.error({ event: "contact_activity:failed", error: describeError(error) }),
      );
    }, WRITE_AFTER_MS);
    timer.unref();
  }

  const unsubscribe = events.subscribe((event) => {
    const id = activeContact(event);
    if (id === undefined) return;
    seen.set(id, clock());
    writeSoon();
  });

  return {
    async stop() {
      unsubscribe();
      clearTimeout(timer);
      await writing;
      await write().catch((error: unknown) =>
        log.error({ event: "contact_activity:failed", error: describeError(error) }),
      );
    },
  };
}
