// The desk's icons, drawn by Lucide (lucide.dev, ISC licence), as components without a name of their own:
// the control around one says what it does.
import type { ComponentChildren } from "preact";

/** Makes one of its paths. */
export function icon(paths: ComponentChildren) {
  return () => (
    <svg
      class="icon"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      {paths}
    </svg>
  );
}

export const InboxIcon = icon(
  <>
    <polyline points="22 12 16 12 14 15 10 15 8 12 2 12" />{" "}
    <path d="M5.45 5.11 2 12v6a2 2 0 0 0 2 2h16a2 2 0 0 0 2-2v-6l-3.45-6.89A2 2 0 0 0 16.76 4H7.24a2 2 0 0 0-1.79 1.11z" />
  </>,
);
export const MineIcon = icon(
  <>
    <path d="M17.925 20.056a6 6 0 0 0-11.851.001" /> <circle cx="12" cy="11" r="4" />{" "}
    <circle cx="12" cy="12" r="10" />
  </>,
);
export const UnassignedIcon = icon(
  <>
    <path d="m16.5 16.5 5 5" /> <path d="M2 21a8 8 0 0 1 11.531-7.18" /> <path d="m21.5 16.5-5 5" />{" "}
    <circle cx="10" cy="8" r="5" />
  </>,
);
export const SnoozedIcon = icon(
  <>
    <circle cx="12" cy="13" r="8" /> <path d="M12 9v4l2 2" /> <path d="M5 3 2 6" />{" "}
    <path d="m22 6-3-3" /> <path d="M6.38 18.7 4 21" /> <path d="M17.64 18.67 20 21" />
  </>,
);
export const ResolvedIcon = icon(
  <>
    <circle cx="12" cy="12" r="10" /> <path d="m16 9-5.5 5.5L8 12" />
  </>,
);
export const AllIcon = icon(
  <>
    <path d="M12.83 2.18a2 2 0 0 0-1.66 0L2.6 6.08a1 1 0 0 0 0 1.83l8.58 3.91a2 2 0 0 0 1.66 0l8.58-3.9a1 1 0 0 0 0-1.83z" />{" "}
    <path d="M2 12a1 1 0 0 0 .58.91l8.6 3.91a2 2 0 0 0 1.65 0l8.58-3.9A1 1 0 0 0 22 12" />{" "}
    <path d="M2 17a1 1 0 0 0 .58.91l8.6 3.91a2 2 0 0 0 1.65 0l8.58-3.9A1 1 0 0 0 22 17" />
  </>,
);
export const SignOutIcon = icon(
  <>
    <path d="m16 17 5-5-5-5" /> <path d="M21 12H9" />{" "}
    <path d="M9 21H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2h4" />
  </>,
);
export const ChevronDownIcon = icon(
  <>
    <path d="m6 9 6 6 6-6" />
  </>,
);
export const ChevronLeftIcon = icon(
  <>
    <path d="m15 18-6-6 6-6" />
  </>,
);
export const PanelIcon = icon(
  <>
    <rect width="18" height="18" x="3" y="3" rx="2" /> <path d="M15 3v18" />
  </>,
);
export const SendIcon = icon(
  <>
    <path d="m5 12 7-7 7 7" /> <path d="M12 19V5" />
  </>,
);
export const ReopenIcon = icon(
  <>
    <path d="M3 12a9 9 0 1 0 9-9 9.75 9.75 0 0 0-6.74 2.74L3 8" /> <path d="M3 3v5h5" />
  </>,
);
export const LockIcon = icon(
  <>
    <rect width="18" height="11" x="3" y="11" rx="2" ry="2" /> <path d="M7 11V7a5 5 0 0 1 10 0v4" />
  </>,
);
export const CloseIcon = icon(
  <>
    <path d="M18 6 6 18" /> <path d="m6 6 12 12" />
  </>,
);
export const KeyboardIcon = icon(
  <>
    <path d="M10 8h.01" /> <path d="M12 12h.01" /> <path d="M14 8h.01" /> <path d="M16 12h.01" />{" "}
    <path d="M18 8h.01" /> <path d="M6 8h.01" /> <path d="M7 16h10" /> <path d="M8 12h.01" />{" "}
    <rect width="20" height="16" x="2" y="4" rx="2" />
  </>,
);
export const CommandIcon = icon(
  <>
    <path d="M15 6v12a3 3 0 1 0 3-3H6a3 3 0 1 0 3 3V6a3 3 0 1 0-3 3h12a3 3 0 1 0-3-3" />
  </>,
);
export const ClockIcon = icon(
  <>
    <circle cx="12" cy="12" r="10" /> <path d="M12 6v6l4 2" />
  </>,
);
export const MailIcon = icon(
  <>
    <path d="m22 7-8.991 5.727a2 2 0 0 1-2.009 0L2 7" />{" "}
    <rect x="2" y="4" width="20" height="16" rx="2" />
  </>,
);
export const PhoneIcon = icon(
  <>
    <path d="M13.832 16.568a1 1 0 0 0 1.213-.303l.355-.465A2 2 0 0 1 17 15h3a2 2 0 0 1 2 2v3a2 2 0 0 1-2 2A18 18 0 0 1 2 4a2 2 0 0 1 2-2h3a2 2 0 0 1 2 2v3a2 2 0 0 1-.8 1.6l-.468.351a1 1 0 0 0-.292 1.233 14 14 0 0 0 6.392 6.384" />
  </>,
);
export const IdentifierIcon = icon(
  <>
    <path d="M12 10a2 2 0 0 0-2 2c0 1.02-.1 2.51-.26 4" />{" "}
    <path d="M14 13.12c0 2.38 0 6.38-1 8.88" /> <path d="M17.29 21.02c.12-.6.43-2.3.5-3.02" />{" "}
    <path d="M2 12a10 10 0 0 1 18-6" /> <path d="M2 16h.01" />{" "}
    <path d="M21.8 16c.2-2 .131-5.354 0-6" /> <path d="M5 19.5C5.5 18 6 15 6 12a6 6 0 0 1 .34-2" />{" "}
    <path d="M8.65 22c.21-.66.45-1.32.57-2" /> <path d="M9 6.8a6 6 0 0 1 9 5.2v2" />
  </>,
);
export const VerifiedIcon = icon(
  <>
    <path d="M3.85 8.62a4 4 0 0 1 4.78-4.77 4 4 0 0 1 6.74 0 4 4 0 0 1 4.78 4.78 4 4 0 0 1 0 6.74 4 4 0 0 1-4.77 4.78 4 4 0 0 1-6.75 0 4 4 0 0 1-4.78-4.77 4 4 0 0 1 0-6.76Z" />{" "}
    <path d="m16 9-5.5 5.5L8 12" />
  </>,
);
export const CopyIcon = icon(
  <>
    <rect width="14" height="14" x="8" y="8" rx="2" ry="2" />{" "}
    <path d="M4 16c-1.1 0-2-.9-2-2V4c0-1.1.9-2 2-2h10c1.1 0 2 .9 2 2" />
  </>,
);
export const ExternalIcon = icon(
  <>
    <path d="M15 3h6v6" /> <path d="M10 14 21 3" />{" "}
    <path d="M18 13v6a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2h6" />
  </>,
);
export const ChatIcon = icon(
  <>
    <path d="M2.992 16.342a2 2 0 0 1 .094 1.167l-1.065 3.29a1 1 0 0 0 1.236 1.168l3.413-.998a2 2 0 0 1 1.099.092 10 10 0 1 0-4.777-4.719" />
  </>,
);
export const SchemeIcon = icon(
  <>
    <path d="M12 2v2" />{" "}
    <path d="M14.837 16.385a6 6 0 1 1-7.223-7.222c.624-.147.97.66.715 1.248a4 4 0 0 0 5.26 5.259c.589-.255 1.396.09 1.248.715" />{" "}
    <path d="M16 12a4 4 0 0 0-4-4" /> <path d="m19 5-1.256 1.256" /> <path d="M20 12h2" />
  </>,
);
export const AssignToIcon = icon(
  <>
    <path d="M2 21a8 8 0 0 1 13.292-6" /> <circle cx="10" cy="8" r="5" /> <path d="M19 16v6" />{" "}
    <path d="M22 19h-6" />
  </>,
);
export const PersonIcon = icon(
  <>
    <circle cx="12" cy="8" r="5" /> <path d="M20 21a8 8 0 0 0-16 0" />
  </>,
);
export const AlertIcon = icon(
  <>
    <circle cx="12" cy="12" r="10" /> <line x1="12" x2="12" y1="8" y2="12" />{" "}
    <line x1="12" x2="12.01" y1="16" y2="16" />
  </>,
);
export const ArrowDownIcon = icon(
  <>
    <path d="M12 5v14" /> <path d="m19 12-7 7-7-7" />
  </>,
);
export const MenuIcon = icon(
  <>
    <path d="M4 5h16" /> <path d="M4 12h16" /> <path d="M4 19h16" />
  </>,
);
export const OfflineIcon = icon(
  <>
    <path d="M12 20h.01" /> <path d="M8.5 16.429a5 5 0 0 1 7 0" />{" "}
    <path d="M5 12.859a10 10 0 0 1 5.17-2.69" /> <path d="M19 12.859a10 10 0 0 0-2.007-1.523" />{" "}
    <path d="M2 8.82a15 15 0 0 1 4.177-2.643" /> <path d="M22 8.82a15 15 0 0 0-11.288-3.764" />{" "}
    <path d="m2 2 20 20" />
  </>,
);
export const SettingsIcon = icon(
  <>
    <path d="M9.671 4.136a2.34 2.34 0 0 1 4.659 0 2.34 2.34 0 0 0 3.319 1.915 2.34 2.34 0 0 1 2.33 4.033 2.34 2.34 0 0 0 0 3.831 2.34 2.34 0 0 1-2.33 4.033 2.34 2.34 0 0 0-3.319 1.915 2.34 2.34 0 0 1-4.659 0 2.34 2.34 0 0 0-3.32-1.915 2.34 2.34 0 0 1-2.33-4.033 2.34 2.34 0 0 0 0-3.831A2.34 2.34 0 0 1 6.35 6.051a2.34 2.34 0 0 0 3.319-1.915" />{" "}
    <circle cx="12" cy="12" r="3" />
  </>,
);
export const AttachIcon = icon(
  <path d="m16 6-8.414 8.586a2 2 0 0 0 2.829 2.829l8.414-8.586a4 4 0 1 0-5.657-5.657l-8.379 8.551a6 6 0 1 0 8.485 8.485l8.379-8.551" />,
);
export const FileIcon = icon(
  <>
    <path d="M15 2H6a2 2 0 0 0-2 2v16a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2V7Z" />{" "}
    <path d="M14 2v4a2 2 0 0 0 2 2h4" />
  </>,
);
