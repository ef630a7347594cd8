// The page asks for the transcript of a conversation, on behalf of its visitor.
import { failure, success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import type { Core } from "../core.ts";
import type { RequestedTranscript } from "./answers.ts";

/** By e-mail where the server sends any and knows whither, else as a file. */
export async function requestTranscript(
  core: Core,
  conversationId: number,
  { email, as }: { email?: unknown; as?: unknown },
): Promise<Result<RequestedTranscript>> {
  const { saveTranscript, sendTranscript } = await import("../browser/transcript.ts");
  if (email !== undefined && typeof email !== "string") {
    return failure("invalid", "email must be a text");
  }
  const canSend =
    core.inbox.value.peek()?.transcript_by_email &&
    (email !== undefined || core.customer.contact.peek()?.email);
  const how = as ?? (canSend ? "email" : "text");
  if (how === "email") {
    const sent = await sendTranscript(core, conversationId, email);
    return sent.ok ? success({ conversationId, email: sent.data.email }) : sent;
  }
  if (how !== "text" && how !== "html") {
    return failure("invalid", 'as must be "email", "text" or "html"');
  }
  const saved = await saveTranscript(core, conversationId, how);
  return saved.ok ? success({ conversationId, email: null }) : saved;
}
