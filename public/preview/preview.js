// The preview in the desk's settings: the widget of one inbox, with the settings that the desk sends.
(() => {
  const start = {
    inbox: location.hash.slice(1),
    // Nothing of a preview is kept, and nothing that hides the chat from visitors hides it here.
    storage: "memory",
    consent: "granted",
    persistWindowState: "never",
    visibility: "shown",
    windowState: "maximized",
    launcher: { hidden: false, avoid: [] },
    targeting: { include: ["*"], exclude: [] },
    routeTracking: "manual",
  };
  window.Parlor = [start];
  // A chat that opens takes the focus; somebody is writing in the settings meanwhile.
  HTMLElement.prototype.focus = () => undefined;
  addEventListener("message", ({ origin, source, data }) => {
    if (origin !== location.origin || source !== parent || data?.type !== "parlor:preview") return;
    const { settings, isOpen } = data;
    window.Parlor.push(settings, ["setWindowState", isOpen ? "maximized" : "minimized"]);
  });
  if (parent !== window) parent.postMessage({ type: "parlor:preview-ready" }, location.origin);
})();
