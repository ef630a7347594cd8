// What `setCustomerInfo` is given, parsed.
import type { CustomerPatch } from "../store/customer-info.ts";

const texts = ["name", "email", "phone", "avatarUrl", "company"] as const;

/** The patch, or the name of the first key that is not valid. */
export function parseCustomerInfo(value: unknown): CustomerPatch | string {
  if (typeof value !== "object" || value === null) return "info";
  const given = value as Record<string, unknown>;
  const patch: CustomerPatch = {};
  for (const key of texts) {
    const one = given[key];
    if (one === undefined) continue;
    if (one !== null && typeof one !== "string") return key;
    patch[key] = one;
  }
  const { fields } = given;
  if (fields !== undefined) {
    if (typeof fields !== "object" || fields === null || Array.isArray(fields)) return "fields";
    patch.fields = fields as Record<string, unknown>;
  }
  return patch;
}
