// What messages of other kinds than text hold in `content_attributes`, as seed 003 and its clients name it.
// Types alone: the server has checked it, and the widget and the desk draw it.

/** One of several answers (`input_select`). */
export interface ChoiceItem {
  title: string;
  value: string;
}

/** A button of a card: a link, or an answer that is the payload. */
export type CardAction =
  { type: "link"; text: string; uri: string } | { type: "postback"; text: string; payload: string };

export interface CardItem {
  title: string;
  description?: string | undefined;
  /** An image on the web. */
  media_url?: string | undefined;
  actions: CardAction[];
}

export const formFieldTypes = ["text", "text_area", "email", "select"] as const;

export interface FormItem {
  name: string;
  label: string;
  type: (typeof formFieldTypes)[number];
  placeholder?: string | undefined;
  default?: string | undefined;
  required: boolean;
  /** Of a `select`. */
  options?: { label: string; value: string }[] | undefined;
}

export interface ArticleItem {
  title: string;
  description?: string | undefined;
  link: string;
}

/** What a visitor has answered, by the kind of the question. */
export interface SubmittedValues {
  input_select: ChoiceItem[];
  /** The button that was pressed. */
  cards: ChoiceItem[];
  form: { name: string; value: string }[];
  input_email: { email: string };
  input_csat: { csat_survey_response: { rating: number; feedback_message?: string | undefined } };
}

export interface RichContent {
  input_select: { items: ChoiceItem[] };
  cards: { items: CardItem[] };
  form: { items: FormItem[] };
  article: { items: ArticleItem[] };
  input_email: Record<string, never>;
  input_csat: Record<string, never>;
}
export type RichContentType = keyof RichContent;

/** A message's attributes beside what its kind asks: the visitor's answer, once there is one. */
export type RichAttributes<Type extends RichContentType> = RichContent[Type] &
  (Type extends keyof SubmittedValues ? { submitted_values?: SubmittedValues[Type] } : object);

/** For so long after it was asked for, a rating may be given and changed. */
export const RATING_OPEN_MS = 14 * 24 * 60 * 60 * 1_000;
