/** @jsxImportSource react */
import { act, StrictMode } from "react";
import type { ReactNode } from "react";
import { createRoot } from "react-dom/client";
import { renderToString } from "react-dom/server";
import { expect, onTestFinished, test, vi } from "vitest";
import { createParlor } from "./create-parlor.ts";
import { ParlorProvider, useParlor, useParlorEvent } from "./react.ts";
import { openChatPage } from "./test-kit/chat-page.ts";

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

async function mount(app: ReactNode) {
  const container = document.body.appendChild(document.createElement("main"));
  const root = createRoot(container);
  const render = (next: ReactNode) => act(async () => root.render(next));
  const unmount = () => act(async () => root.unmount());
  onTestFinished(unmount);
  await render(app);
  return { container, render, unmount };
}

/** Waits for a state; React may render meanwhile. */
const settles = (check: () => void) => act(() => vi.waitFor(check));

function Badge() {
  const { unreadCount, isOpen, isReady, availability } = useParlor();
  return <output>{[isReady, isOpen, unreadCount, availability].join(" ")}</output>;
}

test("in StrictMode one chat is started, and it stays", async () => {
  const { options, chat, server } = await openChatPage();
  const { container } = await mount(
    <StrictMode>
      <ParlorProvider {...options}>
        <Badge />
      </ParlorProvider>
    </StrictMode>,
  );
  await settles(() => expect(container.textContent).toBe("true false 0 unknown"));
  expect(chat().started).toEqual(["wool"]);
  expect(chat().runningCount()).toBe(1);
  expect(server.requestCount()).toBe(1);
});

test("StrictMode does not take away a chat that is there", async () => {
  const { options, chat } = await openChatPage();
  await createParlor(options).maximize();
  const { container } = await mount(
    <StrictMode>
      <ParlorProvider {...options}>
        <Badge />
      </ParlorProvider>
    </StrictMode>,
  );
  await settles(() => expect(container.textContent).toMatch(/^true true/));
  expect(chat().started).toEqual(["wool"]);
});

const nora = {
  scope: "agent",
  state: "available",
  previous: "unavailable",
  agent: { id: 1, name: "Nora", avatarUrl: null },
  availableCount: 1,
} as const;

test("unread count, window, and availability are shown as they change", async () => {
  const { options, chat } = await openChatPage();
  const { container } = await mount(
    <ParlorProvider {...options}>
      <Badge />
    </ParlorProvider>,
  );
  await settles(() => expect(container.textContent).toBe("true false 0 unknown"));
  await act(async () => {
    chat().emit("unreadCountChange", { count: 3, byConversation: { 1: 3 } });
    await window.Parlor?.maximize();
    chat().emit("agentStateChange", { ...nora, scope: "team", previous: null });
  });
  expect(container.textContent).toBe("true true 3 available");
});

test("availability is the team's, for who comes late too: out of hours nobody is there, whoever is online", async () => {
  const { options, chat } = await openChatPage();
  const parlor = createParlor(options);
  await parlor.ready;
  chat().emit("agentStateChange", { ...nora, scope: "team", state: "unavailable", previous: null });
  chat().emit("agentStateChange", nora);
  const { container } = await mount(
    <ParlorProvider {...options}>
      <Badge />
    </ParlorProvider>,
  );
  await settles(() => expect(container.textContent).toBe("true false 0 unavailable"));
});

test("an open chat is seen by who comes late", async () => {
  const { options } = await openChatPage();
  const parlor = createParlor(options);
  await parlor.maximize();
  const { container } = await mount(
    <ParlorProvider {...options}>
      <Badge />
    </ParlorProvider>,
  );
  await settles(() => expect(container.textContent).toMatch(/^true true/));
});

test("unmounting takes the chat off the page, mounting again brings it back", async () => {
  const { options, chat, server } = await openChatPage();
  const app = (isShown: boolean) => (
    <div>{isShown && <ParlorProvider {...options}>{null}</ParlorProvider>}</div>
  );
  const { render } = await mount(app(true));
  await settles(() => expect(chat().runningCount()).toBe(1));
  await render(app(false));
  await settles(() => expect(chat().runningCount()).toBe(0));
  await render(app(true));
  await settles(() => expect(chat().runningCount()).toBe(1));
  expect(server.requestCount()).toBe(1);
});

test("changed props change settings, vanished ones go back to the default, the same ones do nothing", async () => {
  const { options, chat } = await openChatPage();
  const app = (settings: { greeting?: string; color: string }) => (
    <ParlorProvider
      {...options}
      {...(settings.greeting === undefined ? {} : { greeting: settings.greeting })}
      widgetAppearance={{ color: settings.color }}
    />
  );
  const { render } = await mount(app({ greeting: "Hi", color: "#111111" }));
  await settles(() => expect(chat().settings.host.value.greeting).toBe("Hi"));
  const update = vi.spyOn(window.Parlor!, "updateSettings");
  await render(app({ greeting: "Hi", color: "#111111" }));
  expect(update).not.toHaveBeenCalled();
  await render(app({ color: "#222222" }));
  expect(chat().settings.host.value).toEqual({
    inbox: "wool",
    widgetAppearance: { color: "#222222" },
  });
});

test("another inbox takes the place of the first", async () => {
  const { options, chat } = await openChatPage();
  const { render } = await mount(<ParlorProvider {...options} />);
  await settles(() => expect(chat().started).toEqual(["wool"]));
  await render(<ParlorProvider {...options} inbox="silk" />);
  await settles(() => expect(chat().started).toEqual(["wool", "silk"]));
  expect(chat().runningCount()).toBe(1);
});

test("handlers are those of the latest render, called once for each event, StrictMode or not", async () => {
  const { options, chat } = await openChatPage();
  const heard: string[] = [];
  function Listener({ name }: { name: string }) {
    useParlorEvent("messageReceived", () => heard.push(`hook ${name}`));
    return null;
  }
  const app = (name: string) => (
    <StrictMode>
      <ParlorProvider {...options} on={{ messageReceived: () => heard.push(`prop ${name}`) }}>
        <Listener name={name} />
      </ParlorProvider>
    </StrictMode>
  );
  const { render, unmount } = await mount(app("first"));
  await settles(() => expect(chat().runningCount()).toBe(1));
  await render(app("second"));
  const detail = { conversationId: 1, messageId: 1, text: "Hi", agent: null };
  chat().emit("messageReceived", detail);
  expect(heard.toSorted()).toEqual(["hook second", "prop second"]);
  await unmount();
  await settles(() => expect(chat().runningCount()).toBe(0));
  chat().emit("messageReceived", detail);
  expect(heard).toHaveLength(2);
});

test("the hook takes a Parlor of createParlor, without a provider", async () => {
  const { options, chat } = await openChatPage();
  const parlor = createParlor(options);
  function Count() {
    return <output>{useParlor(parlor).unreadCount}</output>;
  }
  const { container } = await mount(<Count />);
  await act(() => parlor.ready);
  await act(async () => chat().emit("unreadCountChange", { count: 2, byConversation: {} }));
  expect(container.textContent).toBe("2");
});

test("a script that does not come is told as an error to show", async () => {
  const { options, server } = await openChatPage();
  server.setBroken(true);
  function Failure() {
    return <output>{useParlor().error?.code}</output>;
  }
  const { container } = await mount(
    <ParlorProvider {...options}>
      <Failure />
    </ParlorProvider>,
  );
  await settles(() => expect(container.textContent).toBe("unreachable"));
});

test("rendering to a string touches nothing of the page", async () => {
  const { options, scripts, global } = await openChatPage();
  const html = renderToString(
    <ParlorProvider {...options}>
      <Badge />
    </ParlorProvider>,
  );
  expect(html).toContain("false false 0 unknown");
  expect(scripts()).toHaveLength(0);
  expect(global()).toBeUndefined();
});

test("the hook without a provider says what is missing", () => {
  expect(() => renderToString(<Badge />)).toThrow("no <ParlorProvider> above");
});
