// The parts of one thing, as links below the page's head.
import { useEffect, useRef } from "preact/hooks";
import { SettingsLink } from "./page.tsx";

interface Props {
  label: string;
  /** The address that the tabs' paths go on from. */
  base: string;
  current: string;
  tabs: readonly { path: string; label: string }[];
}

export function Tabs({ label, base, current, tabs }: Props) {
  const bar = useRef<HTMLElement>(null);
  // A phone shows a few of them at a time.
  useEffect(() => {
    const shown = bar.current?.querySelector("[aria-current]");
    shown?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [current]);
  return (
    <nav ref={bar} class="tabs" aria-label={label}>
      {tabs.map(({ path, label }) => (
        <SettingsLink
          key={path}
          path={path === "" ? base : `${base}/${path}`}
          class="tab"
          isCurrent={path === current}
        >
          {label}
        </SettingsLink>
      ))}
    </nav>
  );
}
