// The part of window.Parlor that the tests call, as a host page's developer would type it.

export interface PublicEvent {
  type: string;
  id: string;
  at: number;
  v: number;
  source: string;
  local: boolean;
  detail: Record<string, unknown>;
}

type Subscribe = (handler: (event: PublicEvent) => void) => () => void;

export interface ParlorApi {
  push(...items: unknown[]): unknown;
  ready: Promise<unknown>;
  maximize(): Promise<string>;
  minimize(): Promise<string>;
  toggle(): Promise<string>;
  show(): Promise<string>;
  hide(): Promise<string>;
  setVisibility(visibility: string): Promise<string>;
  getVisibility(): Promise<string>;
  setWindowState(state: string): Promise<string>;
  getWindowState(): Promise<string>;
  setCustomerInfo(info: Record<string, unknown>): Promise<Record<string, unknown>>;
  getCustomerInfo(): Promise<Record<string, unknown>>;
  onChatMaximize: Subscribe;
  onChatMinimize: Subscribe;
  onChatStarted: Subscribe;
  onAgentAssign: Subscribe;
}

declare global {
  interface Window {
    Parlor?: ParlorApi;
    /** Where the tests' pages note the events that they hear. */
    heard?: PublicEvent[];
  }
}
