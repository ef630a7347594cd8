// A person's picture, or the initials where there is none or it does not load.
import { initialsOf } from "./initials.ts";
import { tracked, useSignal } from "./tracked.ts";
import type { ChatView } from "./view.ts";

interface AvatarProps {
  view: Pick<ChatView, "settings">;
  name: string;
  url: string | null | undefined;
}

export const Avatar = tracked(function Avatar({ view, name, url }: AvatarProps) {
  const broken = useSignal("");
  if (view.settings.host.value.widgetAppearance?.showAgentAvatars === false) return null;
  return (
    <span class="avatar" aria-hidden="true">
      {initialsOf(name)}
      {url && url !== broken.value && (
        <img src={url} alt="" referrerpolicy="no-referrer" onError={() => (broken.value = url)} />
      )}
    </span>
  );
});
