// The variables of e-mail: one address of an SMTP server, or its parts, and who writes.
import { z } from "zod";

/** How e-mail goes out. */
export interface MailConfig {
  /** `smtp://user:password@host:port`, or `smtps://`. */
  smtpUrl: string;
  /** Such as `Support <support@example.com>`. */
  from: string;
}

/** Encrypted from the first byte; on other ports by STARTTLS where the server offers it. */
const IMPLICIT_TLS_PORT = "465";

export const mailVariables = {
  SMTP_URL: z
    .url({
      protocol: /^smtps?$/,
      error: "is no SMTP address; write smtp://user:password@mail.example.com:587",
    })
    .optional(),
  SMTP_HOST: z
    .string()
    .regex(/^[\w.:-]+$/, "is no host name; write one like mail.example.com")
    .optional(),
  SMTP_PORT: z
    .string()
    .regex(/^\d{1,5}$/, "is no port number; write 587, or 465 for TLS from the start")
    .optional(),
  SMTP_USER: z.string().optional(),
  SMTP_PASSWORD: z.string().optional(),
  MAIL_FROM: z
    .string()
    .regex(
      /^(?:[^\p{Cc}<>]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/u,
      "is no sender; write it like Support <support@example.com>",
    )
    .optional(),
};

type Values = { [Name in keyof typeof mailVariables]?: string | undefined };

/** What is missing, by the variable that would say it. */
export function missingForMail(values: Values): string | undefined {
  const hasServer = values.SMTP_URL !== undefined || values.SMTP_HOST !== undefined;
  if (hasServer && values.MAIL_FROM === undefined) {
    return "MAIL_FROM is missing; e-mail needs a sender, such as Support <support@example.com>";
  }
  return undefined;
}

/** Undefined: no e-mail is sent. */
export function readMailConfig(values: Values): MailConfig | undefined {
  const { SMTP_URL, SMTP_HOST, SMTP_PORT, SMTP_USER, SMTP_PASSWORD = "", MAIL_FROM } = values;
  if (MAIL_FROM === undefined) return undefined;
  if (SMTP_URL !== undefined) return { smtpUrl: SMTP_URL, from: MAIL_FROM };
  if (SMTP_HOST === undefined) return undefined;
  const port = SMTP_PORT ?? "587";
  const scheme = port === IMPLICIT_TLS_PORT ? "smtps" : "smtp";
  const host = SMTP_HOST.includes(":") ? `[${SMTP_HOST}]` : SMTP_HOST;
  const user =
    SMTP_USER === undefined
      ? ""
      : `${encodeURIComponent(SMTP_USER)}:${encodeURIComponent(SMTP_PASSWORD)}@`;
  return { smtpUrl: `${scheme}://${user}${host}:${port}`, from: MAIL_FROM };
}
