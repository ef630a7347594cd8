// A person's picture, or what stands for it.
import { initials } from "./format.ts";
import { PersonIcon } from "./icons.tsx";

interface Props {
  /** Null for a visitor who has not told a name. */
  name: string | null;
  id: number;
  url?: string | null;
  size?: "small" | "medium" | "large";
}

const HUES = 8;

/** Decorative: the name stands beside it, or is the label of what holds it. */
export function Avatar({ name, id, url, size = "medium" }: Props) {
  const letters = initials(name ?? "");
  const shown = letters === "" ? <PersonIcon /> : letters;
  return (
    <span class={`avatar avatar-${size} hue-${id % HUES}`} aria-hidden="true">
      {url ? <img src={url} alt="" loading="lazy" referrerpolicy="no-referrer" /> : shown}
    </span>
  );
}
