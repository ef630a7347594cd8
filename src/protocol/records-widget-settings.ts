// Settings of the widget that an administrator stores with an inbox. A page's own come before them.
import { z } from "zod";
import { WIDGET_SETTINGS_MAX_BYTES, WIDGET_TEXT_MAX_LENGTH } from "./limits.ts";
import { LOCALE_PATTERN } from "./locale-pattern.ts";
import { text } from "./request-fields.ts";
import {
  COLOR_PATTERN,
  colorSchemes,
  consents,
  positions,
  routeTrackings,
  storages,
  visibilities,
  windowMemories,
  windowStates,
} from "./widget-setting-rules.ts";

const line = text(WIDGET_TEXT_MAX_LENGTH);
const isLanguage = (tag: string) => {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
};
export const localeSchema = z
  .string()
  .regex(LOCALE_PATTERN, "must be a language (BCP 47)")
  .refine(isLanguage, "must be a language (BCP 47)");
/** One text, or one for each language. */
const localText = z.union([line, z.record(localeSchema, line)]);
const pixels = z.number().min(-10_000).max(10_000);
const offset = z.strictObject({ x: pixels, y: pixels }).partial();
const color = z.string().regex(COLOR_PATTERN, "must be a colour such as #1f5eff");
/** A CSS selector; only the browser knows whether it is one. */
const selector = line.min(1);
/** A path of the website, with `*` for anything. */
const pattern = line.min(1);

const appearance = z
  .strictObject({
    color,
    position: z.enum(positions),
    colorScheme: z.enum(colorSchemes),
    offset,
    mobileOffset: offset,
    zIndex: z.int().min(-2_147_483_648).max(2_147_483_647),
    radius: z.number().min(0).max(100),
    showAgentAvatars: z.boolean(),
  })
  .partial();

/** Parts of the chat that may be left out. */
export const widgetFeatures = [
  "attachments",
  "emoji",
  "endChat",
  "transcript",
  "csat",
  "search",
  "sound",
] as const;
const features = z
  .strictObject(
    Object.fromEntries(widgetFeatures.map((name) => [name, z.boolean()])) as Record<
      (typeof widgetFeatures)[number],
      z.ZodBoolean
    >,
  )
  .partial();

export const widgetSettingsSchema = z
  .strictObject({
    greeting: localText,
    greetingIntroduction: localText,
    conversationButton: localText,
    conversationListTitle: localText,
    launcherText: localText,
    widgetAppearance: appearance,
    visibility: z.enum(visibilities),
    windowState: z.enum(windowStates),
    persistWindowState: z.enum(windowMemories),
    locale: z.union([z.literal("auto"), localeSchema]),
    launcher: z
      .strictObject({ hidden: z.boolean(), selector, avoid: z.array(selector).max(20) })
      .partial(),
    features,
    consent: z.enum(consents),
    storage: z.enum(storages),
    targeting: z
      .strictObject({ include: z.array(pattern).max(100), exclude: z.array(pattern).max(100) })
      .partial(),
    routeTracking: z.enum(routeTrackings),
    /** Of the hosted page alone: whether there is one, and whether search engines may list it. */
    chatPage: z.strictObject({ enabled: z.boolean(), indexed: z.boolean() }).partial(),
  })
  .partial();
export type WidgetSettings = z.infer<typeof widgetSettingsSchema>;

/** A key that is `null` is forgotten, one that is missing stays. */
export const updateWidgetSettingsSchema = z
  .strictObject(
    Object.fromEntries(
      Object.entries(widgetSettingsSchema.shape).map(([key, schema]) => [key, schema.nullable()]),
    ) as { [Key in keyof WidgetSettings]: z.ZodType<WidgetSettings[Key] | null> },
  )
  .partial()
  .refine(
    (value) => JSON.stringify(value).length <= WIDGET_SETTINGS_MAX_BYTES,
    `must be at most ${WIDGET_SETTINGS_MAX_BYTES} bytes`,
  );
