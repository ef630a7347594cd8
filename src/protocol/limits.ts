// Limits and clocks that both sides of the wire rely on.

/** Number of this wire protocol; a client with another one is asked to reload. */
export const PROTOCOL_VERSION = 1;

/** Longest message text, in UTF-16 code units (seed 003, row 59). */
export const MESSAGE_CONTENT_MAX_LENGTH = 150_000;
export const NAME_MAX_LENGTH = 255;
export const EMAIL_MAX_LENGTH = 254;
export const URL_MAX_LENGTH = 2_048;
export const ECHO_ID_MAX_LENGTH = 64;
export const IDENTITY_TOKEN_MAX_LENGTH = 4_096;
/** Largest set of custom attributes, as JSON text. */
export const ATTRIBUTES_MAX_BYTES = 16_384;
export const ATTRIBUTES_MAX_KEYS = 100;

/** Of one message: choices, fields of a form, cards and articles, and the buttons of a card. */
export const CHOICES_MAX = 50;
export const FORM_ITEMS_MAX = 50;
export const CARDS_MAX = 10;
export const CARD_ACTIONS_MAX = 5;
/** Of a card's or an article's description, and of an answer in a form. */
export const RICH_TEXT_FIELD_MAX_LENGTH = 5_000;

/** Files of one message; an inbox may take fewer. */
export const ATTACHMENTS_MAX = 15;
/** Of one file, unless the inbox says otherwise … */
export const ATTACHMENT_DEFAULT_MAX_BYTES = 40 * 1_048_576;
/** … and what it may say at most. */
export const ATTACHMENT_MAX_BYTES = 1_024 * 1_048_576;
/** Of the picture of a contact or an inbox, as it is sent. */
export const AVATAR_MAX_BYTES = 5 * 1_048_576;
/** Of a file, with its extension. */
export const FILE_NAME_MAX_LENGTH = 150;

/** Of a text that an administrator writes for the widget. */
export const WIDGET_TEXT_MAX_LENGTH = 1_000;
export const WIDGET_SETTINGS_MAX_BYTES = 32_768;

/** Websites that one inbox allows. */
export const DOMAINS_MAX = 100;
export const DOMAIN_MAX_LENGTH = 253;
/** What a list attribute offers. */
export const ATTRIBUTE_VALUES_MAX = 200;
/** That one user saves in one account (seed 003, row 42). */
export const CUSTOM_FILTERS_MAX = 1_000;
/** Of an inbox or a team, in one request. */
export const MEMBERS_MAX = 1_000;

/** Days or ranges of days on which an inbox is closed. */
export const HOLIDAYS_MAX = 200;
export const PRE_CHAT_FIELDS_MAX = 20;

/** That administrators and agents keep in one account, of each kind. */
export const KEPT_MAX = 1_000;
/** Of a list that is answered whole where it is no longer. */
export const LIST_PAGE_MAX = 1_000;
export const CANNED_RESPONSE_MAX_LENGTH = 20_000;

/** Farther behind in a queue, a number says nothing but that it is long. */
export const QUEUE_TOLD_MAX = 50;

export const AUDIT_LOGS_PAGE_SIZE = 25;
export const CONVERSATIONS_PAGE_SIZE = 25;
/** Of one contact's conversations, of which a page holds 25 unless told. */
export const CONTACT_CONVERSATIONS_PAGE_MAX = 100;
export const MESSAGES_PAGE_SIZE = 20;
/** Most messages that one question for newer ones answers. */
export const MESSAGES_AFTER_PAGE_SIZE = 100;
/** Of the messages between two of them, and of those that a conversation is answered with. */
export const MESSAGES_RANGE_MAX = 1_000;
/** Of their texts together: a range ends where it is reached. */
export const MESSAGES_RANGE_MAX_LENGTH = 2_000_000;
export const FOUND_MESSAGES_MAX = 50;
export const CONTACTS_PAGE_SIZE = 15;
export const LABELS_MAX = 100;
export const LABEL_MAX_LENGTH = 100;
export const PARTICIPANTS_MAX = 100;
export const FILTER_CONDITIONS_MAX = 50;
export const FILTER_VALUES_MAX = 100;
/** Most messages that one sync answers; a client further behind resyncs whole. */
export const SYNC_MESSAGES_MAX = 200;

/** How long a client waits for the acknowledgement of one event. */
export const ACK_TIMEOUT_MS = 10_000;
/** A typing signal is repeated this often while someone types … */
export const TYPING_REPEAT_MS = 3_000;
/** … and forgotten this long after the last one. */
export const TYPING_EXPIRES_MS = 6_000;
/** Heartbeat of the socket: an open but dead connection is noticed within two of them. */
export const SOCKET_PING_INTERVAL_MS = 20_000;
export const SOCKET_PING_TIMEOUT_MS = 15_000;

export const PASSWORD_MIN_LENGTH = 8;
export const PASSWORD_MAX_LENGTH = 128;

export const WEBHOOKS_MAX_PER_ACCOUNT = 100;
export const WEBHOOK_DELIVERIES_PAGE_SIZE = 25;
/** How long the previous secret goes on signing after a rotation, unless the administrator says otherwise. */
export const WEBHOOK_SECRET_OVERLAP_SECONDS = 24 * 3_600;
export const WEBHOOK_SECRET_OVERLAP_MAX_SECONDS = 7 * 24 * 3_600;

export const SNOOZES_PAGE_SIZE = 25;
/** The note of a snooze, in UTF-16 code units. */
export const SNOOZE_MESSAGE_MAX_LENGTH = 2_000;
export const SNOOZE_OWNERS_MAX = 25;

export const ACCESS_TOKEN_NAME_MAX_LENGTH = 100;
export const ACCESS_TOKENS_MAX_PER_USER = 50;
