// A person's picture, or the initials where there is none or it does not load.
import { useState } from "preact/hooks";
import { initialsOf } from "./initials.ts";

export function Avatar({ name, url }: { name: string; url: string | null | undefined }) {
  const [broken, setBroken] = useState<string>();
  return (
    <span class="avatar" aria-hidden="true">
      {initialsOf(name)}
      {url && url !== broken && (
        <img src={url} alt="" referrerpolicy="no-referrer" onError={() => setBroken(url)} />
      )}
    </span>
  );
}
