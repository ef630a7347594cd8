// The e-mail that invites an agent. Its link holds a secret, so the job that sends it is sealed.
import { eq } from "drizzle-orm";
import { accounts } from "../database/account-tables.ts";
import { applySeal, openSeal } from "../seal.ts";
import type { Database, Transaction } from "../database/connection.ts";
import type { RoomDeps } from "../room.ts";
import { escapeHtml, linkHtml, pageHtml } from "./html.ts";
import type { Mailer } from "./mailer.ts";

export interface InvitationMail {
  to: string;
  /** Who invites, and to what. */
  by: string;
  account: string;
  token: string;
}

/** Has it sent when `tx` commits; without e-mail, the administrator hands the link over himself. */
export async function mailInvitation(
  { jobs, config }: Pick<RoomDeps, "jobs" | "config">,
  tx: Database | Transaction,
  mail: Omit<InvitationMail, "account">,
  accountId: number,
): Promise<void> {
  if (!config.mail) return;
  const [row] = await tx.select().from(accounts).where(eq(accounts.id, accountId));
  const whole: InvitationMail = { ...mail, account: row?.name ?? "" };
  const sealed = applySeal(config.secret, JSON.stringify(whole));
  // The link is good for a week: later tries would send one that is not.
  await jobs.enqueue(tx, "invitation:mail", { sealed }, { maxAttempts: 15 });
}

export function handleInvitationMails(
  { jobs, config }: Pick<RoomDeps, "jobs" | "config">,
  mailer: Mailer | undefined,
): void {
  jobs.handle("invitation:mail", async ({ sealed }) => {
    const opened = openSeal(config.secret, sealed);
    // Sealed with a secret that this server no longer has.
    if (opened === undefined || !mailer) return;
    const { to, by, account, token } = JSON.parse(opened) as InvitationMail;
    // After the #: it reaches no server's log.
    const link = `${config.publicUrl}/desk/invitation#${token}`;
    const subject = `${by} invites you to ${account}`;
    const what =
      "Choose a password, and you can answer the visitors there. The link is good for a week.";
    const text = `${subject}.\n\n${what}\n\n${link}\n`;
    const body =
      `<h1>${escapeHtml(subject)}</h1><p>${what}</p>` +
      `<p>${linkHtml(link, escapeHtml(link))}</p>`;
    await mailer.send({ to, subject, text, html: pageHtml(subject, body) });
  });
}
