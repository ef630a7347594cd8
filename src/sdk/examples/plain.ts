// A page without a framework.

// #region create
import { createParlor } from "parlor";

const parlor = createParlor({
  serverUrl: "https://chat.example.com",
  inbox: "WEBSITE_TOKEN",
  greeting: { en: "Hello", de: "Hallo" },
  widgetAppearance: { color: "#0a7d5a", position: "left" },
});
// #endregion

// #region use
// Nothing has to wait: calls are done in order as soon as the script is there.
await parlor.setCustomerInfo({ name: "Ada Reed", email: "ada@example.com" });

const stop = parlor.onUnreadCountChange(({ detail }) => {
  document.title = detail.count > 0 ? `(${detail.count}) Wool & Co.` : "Wool & Co.";
});
document.querySelector("#help")?.addEventListener("click", () => void parlor.maximize());
addEventListener("pagehide", stop, { once: true });
// #endregion

// #region errors
import { ParlorError } from "parlor";

try {
  await parlor.maximize();
} catch (error) {
  // `blocked`: the page's Content Security Policy; `unreachable`: offline, or a browser extension.
  if (error instanceof ParlorError && error.code === "unreachable") {
    location.assign("mailto:help@example.com");
  } else throw error;
}
// #endregion
