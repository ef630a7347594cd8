// The transcript of a conversation: saved as a file, or sent by e-mail.
import { createRest } from "../../client/rest.ts";
import { transcriptPath } from "../../protocol/paths-of-transcripts.ts";
import { failure, success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import type { Core } from "../core.ts";

interface TranscriptFile {
  file_name: string;
  content_type: string;
  content: string;
}

export type TranscriptFormat = "text" | "html";

function pathOf({ customer, inbox }: Core, conversationId: number): string | undefined {
  const source = customer.contact.peek()?.source_id;
  const identifier = inbox.value.peek()?.identifier;
  return source && identifier && transcriptPath(identifier, source, conversationId);
}

/** In whose words and hours it is told. */
const readerOf = ({ root }: Core) => ({
  locale: (root.host as HTMLElement).lang || "en",
  time_zone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
});

const unknown = () => failure("unreachable", "the visitor is not known yet");

/** Fetches it and hands it to the browser as a download. */
export async function saveTranscript(
  core: Core,
  conversationId: number,
  format: TranscriptFormat,
): Promise<Result<null>> {
  const path = pathOf(core, conversationId);
  if (!path) return unknown();
  const { document } = core.page;
  const rest = createRest({ baseUrl: core.baseUrl });
  const result = await rest<TranscriptFile>("GET", path, {
    query: { format, ...readerOf(core) },
  });
  if (!result.ok) return result;
  const { file_name, content_type: type, content } = result.data;
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = file_name;
  link.click();
  // The browser has taken it by the next turn.
  setTimeout(() => URL.revokeObjectURL(address));
  return success(null);
}

/** Has it sent, to the visitor's own address. Answers where it goes. */
export async function sendTranscript(
  core: Core,
  conversationId: number,
  email?: string,
): Promise<Result<{ email: string }>> {
  const path = pathOf(core, conversationId);
  if (!path) return unknown();
  const rest = createRest({ baseUrl: core.baseUrl });
  return await rest("POST", path, {
    body: { ...readerOf(core), ...(email === undefined ? {} : { email }) },
  });
}
