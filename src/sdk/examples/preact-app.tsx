// A Preact app.

// #region app
import { ParlorProvider, useParlor } from "parlor/preact";
import { render } from "preact";

function HelpButton() {
  const { parlor, unreadCount, isOpen } = useParlor();
  return (
    <button aria-expanded={isOpen} onClick={() => void parlor.toggle()}>
      Help{unreadCount > 0 && ` (${unreadCount})`}
    </button>
  );
}

export function App() {
  return (
    <ParlorProvider serverUrl="https://chat.example.com" inbox="WEBSITE_TOKEN">
      <HelpButton />
    </ParlorProvider>
  );
}

export function start(container: Element) {
  render(<App />, container);
  return () => render(null, container);
}
// #endregion
