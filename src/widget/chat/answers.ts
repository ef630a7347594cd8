// Sending what a visitor answers to a message that asks.
import { createRest } from "../../client/rest.ts";
import { messagePath } from "../../protocol/paths-of-answers.ts";
import type { Message } from "../../protocol/records.ts";
import type { SubmittedValues } from "../../protocol/rich-content.ts";
import { failure } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import type { Core } from "../core.ts";
import type { ChatStores } from "../store/chat.ts";

export type Answer = SubmittedValues[keyof SubmittedValues];
/** Resolves when the server has it, and the thread shows it. */
export type SendAnswer = (message: Message, answer: Answer) => Promise<Result<Message>>;

export function createSendAnswer(core: Core, stores: Pick<ChatStores, "thread">): SendAnswer {
  const rest = createRest({ baseUrl: core.baseUrl });
  return async (message, submitted_values) => {
    const source = core.customer.contact.peek()?.source_id;
    const inbox = core.inbox.value.peek()?.identifier;
    if (!source || !inbox) return failure("unreachable", "the visitor is not known yet");
    const { conversation_id, id } = message;
    const path = messagePath(inbox, source, conversation_id, id);
    const result = await rest<Message>("PATCH", path, { body: { submitted_values } });
    if (!result.ok) return result;
    stores.thread.peek()?.apply(result.data, result.data.changed_seq);
    if (message.content_type === "input_csat") {
      const { rating } = (submitted_values as SubmittedValues["input_csat"]).csat_survey_response;
      const detail = { conversationId: conversation_id, messageId: id, rating };
      core.emit("csatSubmit", detail, { source: "visitor" });
    }
    return result;
  };
}
