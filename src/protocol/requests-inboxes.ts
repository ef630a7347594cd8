// What may be changed of an inbox.
import { z } from "zod";
import { updateWidgetSettingsSchema } from "./records-widget-settings.ts";

/** What is missing stays; settings merge key by key. */
export const updateInboxSchema = z.object({ settings: updateWidgetSettingsSchema.optional() });
export type UpdateInbox = z.infer<typeof updateInboxSchema>;
