// What the page says of the person in front of it, and what is known. Types only; parsed in host/customer-info.ts.

export interface CustomerInfo {
  /** Null until the visitor has written. */
  contactId: number | null;
  /** The server holds a proof of who this is. */
  verified: boolean;
  name: string | null;
  email: string | null;
  phone: string | null;
  avatarUrl: string | null;
  company: string | null;
  fields: Record<string, unknown>;
}

/** What the page may set; `null` clears, a missing key stays. */
export interface CustomerPatch {
  name?: string | null;
  email?: string | null;
  phone?: string | null;
  avatarUrl?: string | null;
  company?: string | null;
  /** Anything else worth knowing, by name; merged key by key. */
  fields?: Record<string, unknown>;
}
