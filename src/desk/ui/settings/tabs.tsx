// The parts of one thing, as links below the page's head.
import { SettingsLink } from "./page.tsx";

interface Props {
  label: string;
  /** The address that the tabs' paths go on from. */
  base: string;
  current: string;
  tabs: readonly { path: string; label: string }[];
}

export function Tabs({ label, base, current, tabs }: Props) {
  return (
    <nav class="tabs" aria-label={label}>
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
