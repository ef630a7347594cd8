// The settings' pages: in which order, under which name, for whom.
import type { ComponentType } from "preact";
import type { UserRole } from "../../../protocol/lists.ts";
import { InboxIcon } from "../icons.tsx";
import {
  AgentsIcon,
  AttributeIcon,
  CannedIcon,
  KeyIcon,
  LabelIcon,
  LogIcon,
  ProfileIcon,
  RoleIcon,
  TeamIcon,
  WebhookIcon,
} from "./icons.tsx";
import type { sectionTexts } from "./texts.ts";

export type SectionName = keyof typeof sectionTexts;

export interface Section {
  name: SectionName;
  Icon: ComponentType;
  /** Only administrators may see it. */
  isAdministration: boolean;
}

const section = (name: SectionName, Icon: ComponentType, isAdministration = true): Section => ({
  name,
  Icon,
  isAdministration,
});

const groups: readonly { name: "account" | "self"; sections: readonly Section[] }[] = [
  {
    name: "account",
    sections: [
      section("inboxes", InboxIcon),
      section("agents", AgentsIcon),
      section("roles", RoleIcon),
      section("teams", TeamIcon),
      section("labels", LabelIcon),
      section("canned-responses", CannedIcon, false),
      section("attributes", AttributeIcon),
      section("webhooks", WebhookIcon),
      section("audit-log", LogIcon),
    ],
  },
  {
    name: "self",
    sections: [section("profile", ProfileIcon, false), section("access-tokens", KeyIcon, false)],
  },
];

/** The groups of pages that somebody with this role may see. */
export function groupsFor(role: UserRole) {
  return groups.map(({ name, sections }) => ({
    name,
    sections: sections.filter((one) => role === "administrator" || !one.isAdministration),
  }));
}
