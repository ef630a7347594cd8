/** @jsxImportSource react */
// A page rendered on a server, as Next.js, Remix and their like do, and taken over in the browser.

// #region module
// chat.ts: one object for the whole app, imported anywhere, on the server too.
import { createParlor } from "parlor";

export const parlor = createParlor({
  serverUrl: "https://chat.example.com",
  inbox: "WEBSITE_TOKEN",
});
// #endregion

// #region page
import { useParlor } from "parlor/react";
import { renderToString } from "react-dom/server";

export function Page() {
  const { unreadCount, availability } = useParlor(parlor);
  return (
    <footer>
      <button onClick={() => void parlor.maximize()}>Write to us</button>
      {availability === "available" && <span>We are online</span>}
      {unreadCount > 0 && <span>{unreadCount} unread</span>}
    </footer>
  );
}

export const renderPage = () => renderToString(<Page />);
// #endregion
