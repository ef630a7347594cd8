// The REST side of the server in memory behind a visitor.
import { MESSAGES_AFTER_PAGE_SIZE } from "../protocol/limits.ts";
import type { PublicInbox } from "../protocol/records.ts";
import { success } from "../protocol/result.ts";
import type { Failure, Result } from "../protocol/result.ts";
import { answerPost } from "./visitor-fake-posts.ts";
import { aPublicContact } from "./visitor-fake-records.ts";
import { gone } from "./visitor-fake-state.ts";
import type { VisitorFakeState } from "./visitor-fake-state.ts";
import type { VisitorRest } from "./visitor-transport.ts";

/** Answers from the state, a moment later; or always this failure, if there is one. */
export function createVisitorFakeRest(
  state: VisitorFakeState,
  { inbox, refusal }: { inbox: () => PublicInbox; refusal: () => Failure | null },
): VisitorRest {
  const { stored, bySource, owned, page, whole, listOf, patchContact, nextId } = state;

  async function answer<Value>(act: () => Result<Value>): Promise<Result<Value>> {
    await Promise.resolve();
    const error = refusal();
    return error ? { ok: false, error } : structuredClone(act());
  }

  return {
    getInbox: () => answer(() => success(inbox())),
    createContact: (input) =>
      answer(() => {
        const id = nextId();
        const made = aPublicContact({
          id,
          source_id: `source-${id}`,
          pubsub_token: `pubsub-${id}`,
        });
        return success(patchContact(made, input));
      }),
    getContact: (source) =>
      answer(() => {
        const contact = bySource(source);
        return contact ? success(contact) : gone;
      }),
    updateContact: (source, input) =>
      answer(() => {
        const contact = bySource(source);
        return contact ? success(patchContact(contact, input)) : gone;
      }),
    listConversations: (source) =>
      answer(() => {
        const contact = bySource(source);
        return contact ? success(listOf(contact)) : gone;
      }),
    getConversation: (source, id) =>
      answer(() => {
        const of = owned(bySource(source), id);
        return of ? success(whole(of)) : gone;
      }),
    listMessages: (source, id, wanted = {}) =>
      answer(() => {
        const of = owned(bySource(source), id);
        if (!of) return gone;
        if ("after" in wanted) {
          const after = of.messages.filter((one) => one.id > wanted.after);
          return success(after.slice(0, MESSAGES_AFTER_PAGE_SIZE));
        }
        const { before } = wanted;
        return success(page(of.messages.filter((one) => before === undefined || one.id < before)));
      }),
    searchMessages: (source, words) =>
      answer(() => {
        const contact = bySource(source);
        const found = [...stored.values()]
          .filter(({ contactId }) => contactId === contact?.id)
          .flatMap(({ messages }) => messages)
          .filter(({ content }) => content?.toLowerCase().includes(words.toLowerCase()));
        return contact ? success(found.toReversed()) : gone;
      }),
    post: (path, body) =>
      answer(() => answerPost(path, body, (source, id) => owned(bySource(source), id)?.record.id)),
  };
}
