// The directory: an account's contacts listed, searched and filtered (seed 003, rows 20, 25 and 26).
import { and, desc, eq, isNotNull, or, sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import { CONTACTS_PAGE_SIZE } from "../../protocol/limits.ts";
import type { Contact } from "../../protocol/records-contacts.ts";
import type {
  ContactSort,
  ContactSortColumn,
  ListContacts,
} from "../../protocol/requests-contacts.ts";
import type { FilterCondition } from "../../protocol/requests-filters.ts";
import { failure, success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import type { AgentIdentity } from "../agents/agents.ts";
import type { Database } from "../database/connection.ts";
import { contacts } from "../database/contact-tables.ts";
import { likePattern } from "../filters/attributes.ts";
import { compileFilter } from "../filters/compile.ts";
import type { RoomDeps } from "../room.ts";
import { loadContacts } from "./agent-records.ts";
import { companyName, contactFilterAttributes } from "./filter-attributes.ts";

type Deps = Pick<RoomDeps, "db" | "clock" | "config">;

export interface ContactPage {
  /** How many the whole list holds. */
  total: number;
  contacts: Contact[];
}

/** Those of whom something is known that tells them from others; said as in the indexes' condition. */
const known = or(
  isNotNull(contacts.email),
  isNotNull(contacts.phone_number),
  isNotNull(contacts.identifier),
);

const sortColumns: Record<ContactSortColumn, SQL> = {
  name: sql`lower(${contacts.name})`,
  email: sql`${contacts.email}`,
  phone_number: sql`${contacts.phone_number}`,
  last_activity_at: sql`${contacts.last_activity_at}`,
  created_at: sql`${contacts.created_at}`,
};

function orderOf(sort: ContactSort): SQL[] {
  const isDescending = sort.startsWith("-");
  const column = sortColumns[(isDescending ? sort.slice(1) : sort) as ContactSortColumn];
  return isDescending
    ? [sql`${column} desc nulls last`, desc(contacts.id)]
    : [sql`${column}`, sql`${contacts.id}`];
}

/** The ids of one page. */
export function contactPageQuery(
  db: Database,
  accountId: number,
  where: SQL | undefined,
  { sort, page }: Pick<ListContacts, "sort" | "page">,
) {
  return db
    .select({ id: contacts.id })
    .from(contacts)
    .where(and(eq(contacts.account_id, accountId), known, where))
    .orderBy(...orderOf(sort))
    .limit(CONTACTS_PAGE_SIZE)
    .offset((page - 1) * CONTACTS_PAGE_SIZE);
}

/** One page of the directory, or of that part of it which `where` describes. */
export async function listContacts(
  deps: Deps,
  agent: AgentIdentity,
  query: ListContacts,
  where?: SQL,
): Promise<ContactPage> {
  const { accountId } = agent;
  const [[counted], ids] = await Promise.all([
    deps.db
      .select({ total: sql<number>`count(*)`.mapWith(Number) })
      .from(contacts)
      .where(and(eq(contacts.account_id, accountId), known, where)),
    contactPageQuery(deps.db, accountId, where, query),
  ]);
  return {
    total: counted?.total ?? 0,
    contacts: await loadContacts(
      deps,
      agent,
      ids.map((row) => row.id),
      { withInboxes: query.include_contact_inboxes },
    ),
  };
}

/**
 * Those with the text in name, address or telephone number, known or stated, or in the company, or with
 * exactly its letters in the identifier. Errors: `invalid` (nothing to search for).
 */
export async function searchContacts(
  deps: Deps,
  agent: AgentIdentity,
  { q, ...query }: ListContacts & { q: string },
): Promise<Result<ContactPage>> {
  if (q === "") return failure("invalid", "Specify search string with parameter q");
  const pattern = `%${likePattern(q)}%`;
  const { name, email, phone_number, identifier, stated } = contacts;
  const where = or(
    ...[name, email, phone_number, companyName].map((text) => sql`${text} ilike ${pattern}`),
    ...["name", "email", "phone_number"].map((key) => sql`${stated} ->> ${key} ilike ${pattern}`),
    sql`${identifier} like ${pattern}`,
  );
  return success(await listContacts(deps, agent, query, where));
}

/** Those who fit the conditions. Errors: `invalid`, as the compiler says. */
export async function filterContacts(
  deps: Deps,
  agent: AgentIdentity,
  conditions: FilterCondition[],
  query: ListContacts,
): Promise<Result<ContactPage>> {
  const attributes = await contactFilterAttributes(deps.db, agent.accountId);
  const where = compileFilter(conditions, attributes, deps.clock());
  if (!where.ok) return where;
  return success(await listContacts(deps, agent, query, where.data));
}
