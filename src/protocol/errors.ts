// The bodies of REST errors (rest-contract: seed 003 prints these shapes) and of their statuses.
import { z } from "zod";

/** 401, 403, 404, 409, 429, 500: one sentence, with a stable code beside it. */
export const errorSchema = z.object({ error: z.string(), code: z.string() });

/** 400 and 422: which fields, and why. */
export const validationErrorSchema = z.object({
  error: z.string(),
  code: z.literal("invalid"),
  message: z.string(),
  attributes: z.array(z.string()),
  errors: z.array(z.object({ field: z.string(), message: z.string(), code: z.string() })),
});
