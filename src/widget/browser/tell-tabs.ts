// What the tabs of a browser tell each other without a trace on the device.

/** Hears what other tabs say under this name; answers what says something to them. */
export function tellTabs(
  page: Window,
  name: string,
  hear: (said: unknown) => void,
  stop: AbortSignal,
): (said: unknown) => void {
  const { BroadcastChannel } = page as Window & {
    BroadcastChannel?: typeof globalThis.BroadcastChannel;
  };
  let channel: BroadcastChannel | undefined;
  function open(): void {
    if (channel || !BroadcastChannel) return;
    channel = new BroadcastChannel(name);
    channel.addEventListener("message", ({ data }) => hear(data));
  }
  // A page that sleeps with an open channel may not be woken again.
  function close(): void {
    channel?.close();
    channel = undefined;
  }
  open();
  page.addEventListener("pagehide", close, { signal: stop });
  page.addEventListener("pageshow", open, { signal: stop });
  stop.addEventListener("abort", close);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has none
  return (said) => channel?.postMessage(said);
}
