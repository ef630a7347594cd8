// The schema of formatted text. Apart from its types, since zod stays on the server.
import { z } from "zod";
import { richContainerTypes } from "./rich-text.ts";
import type { RichNode } from "./rich-text.ts";

const nodeSchema: z.ZodType<RichNode> = z
  .lazy(() =>
    z.union([
      z.string(),
      z.discriminatedUnion("type", [
        z.object({ type: z.enum(richContainerTypes), children: z.array(nodeSchema) }),
        z.object({
          type: z.literal("ordered_list"),
          start: z.int(),
          children: z.array(nodeSchema),
        }),
        z.object({
          type: z.literal("code_block"),
          language: z.string().optional(),
          children: z.array(z.string()),
        }),
        z.object({
          type: z.literal("link"),
          href: z.string(),
          destination: z.string().optional(),
          children: z.array(nodeSchema),
        }),
      ]),
    ]),
  )
  // A name of its own in the API's description, since it refers to itself.
  .meta({ id: "RichNode" });

export const richTextSchema = z.array(nodeSchema);
