// A person's picture, or the initials where there is none or it does not load.
import { useState } from "preact/hooks";
import { initialsOf } from "./initials.ts";
import { tracked } from "./tracked.ts";
import type { ChatView } from "./view.ts";

interface AvatarProps {
  view: Pick<ChatView, "settings">;
  name: string;
  url: string | null | undefined;
}

export const Avatar = tracked(function Avatar({ view, name, url }: AvatarProps) {
  const [broken, setBroken] = useState<string>();
  if (view.settings.host.value.widgetAppearance?.showAgentAvatars === false) return null;
  return (
    <span class="avatar" aria-hidden="true">
      {initialsOf(name)}
      {url && url !== broken && (
        <img src={url} alt="" referrerpolicy="no-referrer" onError={() => setBroken(url)} />
      )}
    </span>
  );
});
