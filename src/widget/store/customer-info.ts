// What the page says of the person in front of it, and what is known. Types only; parsed in host/customer-info.ts.

/** What is known of the visitor. */
export interface CustomerInfo {
  /** Null until the visitor has written. */
  contactId: number | null;
  /** The server holds a proof of who this is. */
  verified: boolean;
  /** Null until it is known, and so for the next four. */
  name: string | null;
  /** His address for e-mail. */
  email: string | null;
  /** His telephone number. */
  phone: string | null;
  /** Address of his picture. */
  avatarUrl: string | null;
  /** Where he works. */
  company: string | null;
  /** Anything else that the page has said, by name. */
  fields: Record<string, unknown>;
}

/** What the page may set; `null` clears, a missing key stays. */
export interface CustomerPatch {
  /** As the agents see it. */
  name?: string | null;
  /** His address for e-mail. */
  email?: string | null;
  /** His telephone number. */
  phone?: string | null;
  /** Address of his picture. */
  avatarUrl?: string | null;
  /** Where he works. */
  company?: string | null;
  /** Anything else worth knowing, by name; merged key by key. */
  fields?: Record<string, unknown>;
}
