// The first pane: the account, the views with their counts, one's own availability.
import { useSignal } from "@preact/signals";
import type { ComponentType, VNode } from "preact";
import { availabilities } from "../../protocol/lists.ts";
import type { Availability } from "../../protocol/lists.ts";
import { formatRoute } from "../store/route.ts";
import { colorSchemes } from "../store/layout.ts";
import { viewNames } from "../store/views.ts";
import type { ViewName } from "../store/views.ts";
import { AvailabilityDot } from "./availability-dot.tsx";
import { Avatar } from "./avatar.tsx";
import { useDesk, useWorkspace } from "./desk-context.ts";
import {
  AllIcon,
  ChatIcon,
  CommandIcon,
  InboxIcon,
  KeyboardIcon,
  MineIcon,
  ResolvedIcon,
  SchemeIcon,
  SnoozedIcon,
  UnassignedIcon,
} from "./icons.tsx";
import { followLink } from "./links.ts";
import { Menu } from "./menu.tsx";
import { availabilityTexts, schemeTexts, texts, viewTexts } from "./texts.ts";

const viewIcons: Record<ViewName, ComponentType> = {
  open: InboxIcon,
  mine: MineIcon,
  unassigned: UnassignedIcon,
  snoozed: SnoozedIcon,
  resolved: ResolvedIcon,
  all: AllIcon,
};

export function NavigationRail() {
  const { session, layout } = useDesk();
  const profile = session.profile.value;
  return (
    <nav class="rail" aria-label={texts.views}>
      <div class="rail-head">
        <span class="brand-mark">
          <ChatIcon />
        </span>
        <span class="rail-account">{profile?.accounts[0]?.name ?? texts.product}</span>
      </div>
      <ul class="rail-views" role="list">
        {viewNames.map((view) => (
          <ViewLink key={view} view={view} />
        ))}
      </ul>
      <div class="rail-foot">
        <RailButton
          label={texts.palette}
          icon={<CommandIcon />}
          keys="Ctrl K"
          run={() => (layout.dialog.value = "palette")}
        />
        <RailButton
          label={texts.shortcuts}
          icon={<KeyboardIcon />}
          keys="?"
          run={() => (layout.dialog.value = "shortcuts")}
        />
        <SchemeMenu />
        <AccountMenu />
      </div>
    </nav>
  );
}

function ViewLink({ view }: { view: ViewName }) {
  const workspace = useWorkspace();
  const { layout } = useDesk();
  const Icon = viewIcons[view];
  const { name } = viewTexts[view];
  const count = workspace.counts.of(view);
  return (
    <li>
      <a
        class="rail-item"
        href={formatRoute({ view, conversationId: null })}
        title={name}
        aria-current={workspace.view.value === view ? "page" : undefined}
        onClick={(event) =>
          followLink(event, () => {
            layout.isViewsPaneOpen.value = false;
            workspace.show(view);
          })
        }
      >
        <Icon />
        <span class="rail-label">{name}</span>
        {count !== undefined && count > 0 && (
          <span class="rail-count">{count > 999 ? "999+" : count}</span>
        )}
      </a>
    </li>
  );
}

function RailButton(props: { label: string; icon: VNode; keys: string; run: () => void }) {
  return (
    <button type="button" class="rail-item" title={props.label} onClick={props.run}>
      {props.icon}
      <span class="rail-label">{props.label}</span>
      <kbd aria-hidden="true">{props.keys}</kbd>
    </button>
  );
}

function SchemeMenu() {
  const { layout } = useDesk();
  const isOpen = useSignal(false);
  const chosen = layout.colorScheme.value;
  return (
    <Menu
      label={texts.colorScheme}
      buttonClass="rail-item"
      placement="above-start"
      isOpen={isOpen.value}
      onOpenChange={(open) => (isOpen.value = open)}
      items={colorSchemes.map((scheme) => ({
        id: scheme,
        label: schemeTexts[scheme],
        isChecked: scheme === chosen,
        run: () => layout.setColorScheme(scheme),
      }))}
    >
      <SchemeIcon />
      <span class="rail-label">{texts.colorScheme}</span>
    </Menu>
  );
}

function AccountMenu() {
  const { session, toasts } = useDesk();
  const isOpen = useSignal(false);
  const profile = session.profile.value;
  if (!profile) return null;
  const current = profile.availability_status;

  async function choose(wanted: Availability): Promise<void> {
    const result = await session.setAvailability(wanted);
    if (result.ok) return;
    toasts.show({ kind: "failed", doing: "availability", wanted, error: result.error });
  }
  async function leave(): Promise<void> {
    const result = await session.signOut();
    if (!result.ok) toasts.show({ kind: "failed", doing: "sign_out", error: result.error });
  }

  return (
    <Menu
      label={`${texts.availability}: ${availabilityTexts[current]}`}
      buttonClass="rail-item rail-self"
      placement="above-start"
      isOpen={isOpen.value}
      onOpenChange={(open) => (isOpen.value = open)}
      items={[
        ...availabilities.map((availability) => ({
          id: availability,
          label: availabilityTexts[availability],
          picture: <AvailabilityDot availability={availability} />,
          isChecked: availability === current,
          run: () => void choose(availability),
        })),
        {
          id: "sign-out",
          label: texts.signOut,
          startsSection: true,
          run: () => void leave(),
        },
      ]}
    >
      <span class="avatar-holder">
        <Avatar name={profile.available_name} id={profile.id} url={profile.avatar_url} />
        <AvailabilityDot availability={current} />
      </span>
      <span class="rail-label rail-self-text">
        <span class="rail-self-name">{profile.available_name}</span>
        <span class="quiet">{availabilityTexts[current]}</span>
      </span>
    </Menu>
  );
}
