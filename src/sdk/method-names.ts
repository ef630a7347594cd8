// Names of the API's members at run time, complete by type: the object must have them before the script is there.
import type { MethodName, ParlorEvents } from "../widget/host/parlor.ts";
import type { EventName } from "../widget/store/events.ts";

type Names<Name extends string> = Record<Name, true>;

const methods: Names<MethodName> = {
  updateSettings: true,
  setColorScheme: true,
  setVisibility: true,
  getVisibility: true,
  show: true,
  hide: true,
  setWindowState: true,
  getWindowState: true,
  maximize: true,
  minimize: true,
  toggle: true,
  setCustomerInfo: true,
  getCustomerInfo: true,
  getUnreadCount: true,
  startChat: true,
  openConversation: true,
  prefill: true,
  sendMessage: true,
  endChat: true,
  requestTranscript: true,
  listConversations: true,
  search: true,
  getAvailability: true,
  setLocale: true,
  page: true,
  track: true,
  setConsent: true,
  reloadUI: true,
  identify: true,
  logout: true,
  diagnose: true,
  getShareLink: true,
  shutdown: true,
  destroy: true,
};

const events: Names<EventName> = {
  ready: true,
  error: true,
  visibilityChange: true,
  chatMaximize: true,
  chatMinimize: true,
  chatInitiated: true,
  chatStarted: true,
  chatClosed: true,
  agentAssign: true,
  agentStateChange: true,
  customerInfoChange: true,
  identityChange: true,
  unreadCountChange: true,
  messageSent: true,
  messageReceived: true,
  typing: true,
  readReceipt: true,
  prechatSubmit: true,
  connectionChange: true,
  csatSubmit: true,
  attachmentUpload: true,
  consentChange: true,
  proactiveShown: true,
  proactiveClick: true,
  proactiveDismiss: true,
  reloadUI: true,
  destroyed: true,
};

export const methodNames = Object.keys(methods) as MethodName[];
export const eventNames = Object.keys(events) as EventName[];

/** `chatMaximize` → `onChatMaximize`. */
export function subscriberName(name: EventName): keyof ParlorEvents {
  return `on${name.charAt(0).toUpperCase()}${name.slice(1)}` as keyof ParlorEvents;
}
