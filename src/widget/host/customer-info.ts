// `setCustomerInfo`, which many pages call where they call nothing else: fetched with its first call.
import type { Core } from "../core.ts";
import type { CustomerInfo, CustomerPatch } from "../store/customer-info.ts";
import { ParlorError } from "./error.ts";

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

/** Does it. Errors: ParlorError. */
export async function callMethod(
  { core }: { core: Pick<Core, "customer"> },
  _name: string,
  [info]: unknown[],
): Promise<CustomerInfo> {
  const patch = parseCustomerInfo(info);
  if (typeof patch === "string") throw new ParlorError("invalid", `${patch} is not valid`);
  const result = await core.customer.setInfo(patch);
  if (!result.ok) throw new ParlorError(result.error.code, result.error.message);
  return result.data;
}
