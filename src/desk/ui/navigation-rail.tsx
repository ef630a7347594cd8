// The first pane: the account, the views with their counts, one's own availability.
import { useSignal } from "@preact/signals";
import type { ComponentType, VNode } from "preact";
import { availabilities } from "../../protocol/lists.ts";
import { formatRoute, isFiltered } from "../store/route.ts";
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
  SettingsIcon,
  SignOutIcon,
  SnoozedIcon,
  UnassignedIcon,
} from "./icons.tsx";
import { paletteKeys } from "./keyboard.ts";
import { followLink } from "./links.ts";
import { Menu } from "./menu.tsx";
import { SavedViewLinks } from "./saved-view-links.tsx";
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
  const account = profile?.accounts.find(({ id }) => id === profile.account_id);
  return (
    <nav class="rail" aria-label={texts.views}>
      <div class="rail-head">
        <span class="brand-mark">
          <ChatIcon />
        </span>
        <span class="rail-account">{account?.name ?? texts.product}</span>
      </div>
      <ul class="rail-views">
        {viewNames.map((view) => (
          <ViewLink key={view} view={view} />
        ))}
        <SavedViewLinks />
      </ul>
      <div class="rail-foot">
        <SettingsLink />
        <RailButton
          label={texts.palette}
          icon={<CommandIcon />}
          keys={paletteKeys().join(" ")}
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
  const { layout, router } = useDesk();
  const Icon = viewIcons[view];
  const { name } = viewTexts[view];
  const count = workspace.counts.of(view);
  const route = router.route.value;
  const isElsewhere = route.settings !== undefined || isFiltered(route);
  return (
    <li>
      <a
        class="rail-item"
        href={formatRoute({ view, conversationId: null })}
        title={name}
        aria-current={!isElsewhere && workspace.view.value === view ? "page" : undefined}
        onClick={(event) =>
          followLink(event, () => {
            layout.isViewsPaneOpen.value = false;
            layout.isSearchOpen.value = false;
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

function SettingsLink() {
  const { layout, router } = useDesk();
  const route = { view: "open", conversationId: null, settings: "" } as const;
  return (
    <a
      class="rail-item"
      href={formatRoute(route)}
      title={texts.settings}
      aria-current={router.route.value.settings === undefined ? undefined : "page"}
      onClick={(event) =>
        followLink(event, () => {
          layout.isViewsPaneOpen.value = false;
          router.go(route);
        })
      }
    >
      <SettingsIcon />
      <span class="rail-label">{texts.settings}</span>
      <kbd aria-hidden="true">,</kbd>
    </a>
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
      isNamedByContent
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
  const desk = useDesk();
  const isOpen = useSignal(false);
  const profile = desk.session.profile.value;
  if (!profile) return null;
  const current = profile.availability_status;

  return (
    <Menu
      label={texts.availability}
      isNamedByContent
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
          run: () => void desk.setAvailability(availability),
        })),
        {
          id: "sign-out",
          label: texts.signOut,
          picture: <SignOutIcon />,
          startsSection: true,
          run: () => void desk.signOut(),
        },
      ]}
    >
      <span class="avatar-holder" aria-hidden="true">
        <Avatar name={profile.available_name} id={profile.id} url={profile.avatar_url} />
        <AvailabilityDot availability={current} />
      </span>
      <span class="rail-label rail-self-text">
        <span class="rail-self-name">{profile.available_name}</span>
        <span class="visually-hidden">{texts.availability}: </span>
        <span class="quiet">{availabilityTexts[current]}</span>
      </span>
    </Menu>
  );
}
