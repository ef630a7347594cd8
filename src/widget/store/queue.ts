// Where the conversation on screen stands in the queue, until somebody takes it.
import { effect, signal, untracked } from "../signals.ts";
import type { ReadonlySignal } from "../signals.ts";
import type { VisitorSocket } from "../../client/visitor-transport.ts";
import type { QueuePlace } from "../../protocol/socket.ts";
import type { ChatStores } from "./chat.ts";

/** Follows the place; null: nowhere. */
export function followQueue(
  { conversations, connection, thread }: ChatStores,
  socket: VisitorSocket,
  stop: AbortSignal,
): ReadonlySignal<QueuePlace | null> {
  const shownPlace = signal<QueuePlace | null>(null);
  let lookedAt: number | undefined;

  async function look(id: number): Promise<void> {
    if (lookedAt === id) return;
    lookedAt = id;
    const place = await socket.send("queue:look", { conversation_id: id });
    if (!place.ok) lookedAt = undefined;
    else if (thread.peek()?.id === id) shownPlace.value = place.data;
  }

  const stops = [
    socket.on("queue:moved", (place) => {
      if (place.conversation_id === thread.peek()?.id) shownPlace.value = place;
    }),
    effect(() => {
      const shown = conversations.get(thread.value?.id ?? 0);
      const isWaiting = shown?.status === "open" && !shown.assignee;
      if (!isWaiting) shownPlace.value = null;
      else if (connection.state.value === "connected") untracked(() => void look(shown.id));
    }),
  ];
  stop.addEventListener("abort", () => {
    for (const end of stops) end();
  });
  return shownPlace;
}
