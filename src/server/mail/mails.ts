// Every e-mail that Parlor sends, as the jobs behind them.
import type { RoomDeps } from "../room.ts";
import { handleTranscriptMails } from "../transcripts/transcripts.ts";
import { handleInvitationMails } from "./invitation.ts";
import { createMailer } from "./mailer.ts";

/** Says what the jobs do; `stop` lets go of the mail server. */
export function handleMails(room: RoomDeps): { stop: () => void } {
  const { mail } = room.config;
  const mailer = mail && createMailer(mail);
  handleTranscriptMails(room, mailer);
  handleInvitationMails(room, mailer);
  return { stop: () => mailer?.stop() };
}
