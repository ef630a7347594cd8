// Sending e-mail through the operator's SMTP server.
import type { Transporter } from "nodemailer";
import type { MailConfig } from "./config.ts";

export interface Mail {
  to: string;
  subject: string;
  text: string;
  html: string;
}

export interface Mailer {
  /** Resolves when the SMTP server has taken it. @throws what the server or the network says */
  send(mail: Mail): Promise<void>;
  /** Lets go of its connections. */
  stop(): void;
}

const TIMEOUT_MS = 20_000;

/** Loads its library with the first mail: most processes send few, many none. */
export function createMailer({ smtpUrl, from }: MailConfig): Mailer {
  let transport: Promise<Transporter> | undefined;

  async function open(): Promise<Transporter> {
    const { createTransport } = await import("nodemailer");
    return createTransport({
      url: smtpUrl,
      pool: true,
      connectionTimeout: TIMEOUT_MS,
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
      // What visitors write is text, never the path or the address of something to attach.
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }

  return {
    async send({ to, subject, text, html }) {
      const opened = await (transport ??= open());
      // An address as an object is never read as a list of addresses.
      await opened.sendMail({
        from,
        to: { name: "", address: to },
        subject: oneLine(subject),
        text,
        html,
        // A machine wrote it: no other machine should answer.
        headers: { "Auto-Submitted": "auto-generated" },
      });
    },
    stop() {
      void transport?.then((opened) => opened.close());
      transport = undefined;
    },
  };
}

const oneLine = (said: string) => said.replaceAll(/[\p{Cc}\s]+/gu, " ").trim();
