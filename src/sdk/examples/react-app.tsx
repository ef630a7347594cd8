/** @jsxImportSource react */
// A React app, in StrictMode.

// #region provider
import { ParlorProvider } from "parlor/react";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

export function App({ email }: { email: string }) {
  return (
    <ParlorProvider
      serverUrl="https://chat.example.com"
      inbox="WEBSITE_TOKEN"
      launcherText="Chat with us"
      on={{ chatStarted: () => performance.mark("chat started") }}
    >
      <HelpButton />
      <Account email={email} />
    </ParlorProvider>
  );
}

export function start(container: Element, email: string) {
  const root = createRoot(container);
  root.render(
    <StrictMode>
      <App email={email} />
    </StrictMode>,
  );
  return () => root.unmount();
}
// #endregion

// #region hooks
import { useParlor, useParlorEvent } from "parlor/react";
import { useEffect, useState } from "react";

function HelpButton() {
  const { parlor, unreadCount, isOpen } = useParlor();
  return (
    <button aria-expanded={isOpen} onClick={() => void parlor.toggle()}>
      Help{unreadCount > 0 && ` (${unreadCount})`}
    </button>
  );
}

function Account({ email }: { email: string }) {
  const { parlor } = useParlor();
  const [agentName, setAgentName] = useState<string>();
  useEffect(() => void parlor.setCustomerInfo({ email }), [parlor, email]);
  useParlorEvent("agentAssign", ({ detail }) => setAgentName(detail.agent?.name));
  return agentName === undefined ? null : <p>{agentName} is here for you.</p>;
}
// #endregion
