import { render } from "preact";
import { act } from "preact/test-utils";
import { expect, onTestFinished, test, vi } from "vitest";
import { createParlor } from "./create-parlor.ts";
import { ParlorProvider, useParlor, useParlorEvent } from "./preact.ts";
import { openChatPage } from "./test-kit/chat-page.ts";

function mount(app: preact.ComponentChild) {
  const container = document.body.appendChild(document.createElement("main"));
  const show = (next: preact.ComponentChild) => render(next, container);
  onTestFinished(() => show(null));
  show(app);
  return { container, show };
}

function Badge() {
  const { unreadCount, isOpen, isReady } = useParlor();
  return <output>{[isReady, isOpen, unreadCount].join(" ")}</output>;
}

test("the chat is on the page while the provider is, and its state is shown as it changes", async () => {
  const { options, chat, server } = await openChatPage();
  const app = (
    <ParlorProvider {...options}>
      <Badge />
    </ParlorProvider>
  );
  const { container, show } = mount(app);
  await vi.waitFor(() => expect(container.textContent).toBe("true false 0"));
  chat().emit("unreadCountChange", { count: 3, byConversation: { 1: 3 } });
  await window.Parlor?.maximize();
  await vi.waitFor(() => expect(container.textContent).toBe("true true 3"));
  show(null);
  await vi.waitFor(() => expect(chat().runningCount()).toBe(0));
  show(app);
  await vi.waitFor(() => expect(chat().runningCount()).toBe(1));
  expect(server.requestCount()).toBe(1);
});

test("changed props change settings", async () => {
  const { options, chat } = await openChatPage();
  const { show } = mount(<ParlorProvider {...options} greeting="Hi" />);
  await vi.waitFor(() => expect(chat().settings.host.value.greeting).toBe("Hi"));
  show(<ParlorProvider {...options} greeting="Hello" />);
  await vi.waitFor(() => expect(chat().settings.host.value.greeting).toBe("Hello"));
});

test("an event's handler is that of the latest render, and ends with its component", async () => {
  const { options, chat } = await openChatPage();
  const parlor = createParlor(options);
  const heard: string[] = [];
  function Listener({ name }: { name: string }) {
    useParlorEvent("chatMaximize", () => heard.push(name), parlor);
    return <output>{name}</output>;
  }
  const { show, container } = mount(<Listener name="first" />);
  show(<Listener name="second" />);
  await vi.waitFor(() => expect(container.textContent).toBe("second"));
  await parlor.maximize();
  await act(() => show(null));
  await parlor.minimize();
  await parlor.maximize();
  expect(heard).toEqual(["second"]);
  expect(chat().runningCount()).toBe(1);
});
