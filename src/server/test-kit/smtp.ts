// Somebody else's mail server: it keeps what it is sent, parsed, and refuses when the test says so.
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import PostalMime from "postal-mime";
import type { Email } from "postal-mime";
import { SMTPServer } from "smtp-server";

export interface ReceivedMail extends Email {
  /** Whom the envelope names. */
  recipients: string[];
}

export interface TestSmtp {
  url: string;
  /** The next mail, from the first one on. */
  next(): Promise<ReceivedMail>;
  received: ReceivedMail[];
  /** How many of the next ones are refused for now. */
  refuse: number;
  stop(): Promise<void>;
}

/** Listens on a free port of this machine. */
export async function startSmtp(): Promise<TestSmtp> {
  const waiting: ((mail: ReceivedMail) => void)[] = [];
  const unread: ReceivedMail[] = [];
  function arrived(mail: ReceivedMail): void {
    smtp.received.push(mail);
    const reader = waiting.shift();
    if (reader) reader(mail);
    else unread.push(mail);
  }
  const keep = async (raw: Buffer, recipients: string[]) =>
    arrived({ ...(await PostalMime.parse(raw)), recipients });
  const server = new SMTPServer({
    authOptional: true,
    hideSTARTTLS: true,
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        if (smtp.refuse > 0) {
          smtp.refuse -= 1;
          done(Object.assign(new Error("Try again later"), { responseCode: 451 }));
          return;
        }
        const recipients = session.envelope.rcptTo.map(({ address }) => address);
        void keep(Buffer.concat(chunks), recipients);
        done();
      });
    },
  });
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  const { port } = server.server.address() as AddressInfo;
  const smtp: TestSmtp = {
    url: `smtp://127.0.0.1:${port}`,
    received: [],
    refuse: 0,
    next: () =>
      new Promise((resolve) => {
        const mail = unread.shift();
        if (mail) resolve(mail);
        else waiting.push(resolve);
      }),
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return smtp;
}
