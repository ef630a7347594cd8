// A page of a site for each test, with the server that has the chat's script; nothing of it outlives the test.
import { onTestFinished, vi } from "vitest";
import type { Parlor } from "../../widget/host/parlor.ts";
import { startChatServer } from "./chat-server.ts";
import type { ChatServer } from "./chat-server.ts";
import { installLiveChat } from "./live-chat.ts";
import type { LiveChat } from "./live-chat.ts";

export interface ChatPage {
  server: ChatServer;
  /** What `createParlor` needs. */
  options: { serverUrl: string; inbox: string };
  /** The API that the script brought; throws before it has come. */
  chat: () => LiveChat;
  /** `window.Parlor`, whatever it is. */
  global: () => unknown;
  scripts: () => HTMLScriptElement[];
}

declare global {
  interface Window {
    Parlor?: Parlor;
  }
}

export async function openChatPage(): Promise<ChatPage> {
  const server = await startChatServer();
  let chat: LiveChat | undefined;
  window.arrive = () => {
    chat = installLiveChat();
  };
  onTestFinished(async () => {
    // A script under way would meet a server that is gone.
    await vi.waitUntil(() => !document.querySelector("[data-parlor-loader]"));
    await window.Parlor?.destroy?.();
    delete window.Parlor;
    window.arrive = undefined;
    document.head.replaceChildren();
    document.body.replaceChildren();
    await server.stop();
  });
  return {
    server,
    options: { serverUrl: server.url, inbox: "wool" },
    chat() {
      if (!chat) throw new Error("the script has not come");
      return chat;
    },
    global: () => window.Parlor,
    scripts: () => [...document.querySelectorAll("script")],
  };
}
