// "5m", kept up to date by the desk's clock.
import { useDesk } from "./desk-context.ts";
import { formatAgo, formatFull } from "./format.ts";

/** `atMs` in milliseconds since 1970. */
export function RelativeTime({ atMs }: { atMs: number }) {
  const now = useDesk().now.value;
  return (
    <time dateTime={new Date(atMs).toISOString()} title={formatFull(atMs)}>
      {formatAgo(atMs, now)}
    </time>
  );
}
