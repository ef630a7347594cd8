// The package `parlor`: the page's chat, typed.
export { createParlor } from "./create-parlor.ts";
export { ParlorError } from "./error.ts";
export type { ErrorCode } from "./error.ts";
export type { ParlorOptions } from "./options.ts";
export type {
  Availability,
  Blocker,
  ChatStart,
  ConversationInfo,
  Diagnosis,
  FoundMessage,
  Identity,
  SentMessage,
} from "../widget/host/answers.ts";
export type {
  ColorScheme,
  EventHandler,
  EventHandlers,
  MethodName,
  Parlor,
  ParlorEvents,
  ParlorMethods,
  ParlorSettings,
  PushItem,
  Subscribe,
  Visibility,
  WindowOptions,
  WindowState,
} from "../widget/host/parlor.ts";
export type { HandlerOptions, ParlorEvent } from "../widget/host/events.ts";
export type { CustomerInfo, CustomerPatch } from "../widget/store/customer-info.ts";
export type {
  AgentDetail,
  CloseReason,
  EventDetails,
  EventName,
  EventSource,
  OpenReason,
  SendState,
} from "../widget/store/events.ts";
export type {
  Appearance,
  Feature,
  HostSettings,
  LocalText,
  SettingsPatch,
} from "../widget/store/host-settings.ts";
