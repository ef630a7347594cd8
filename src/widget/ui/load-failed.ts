// What is said where the greeting stands when the second stage did not come.
import { element } from "./dom.ts";
import { launcherTexts as texts } from "./texts-launcher.ts";

export function createLoadFailed(page: Document, onRetry: () => void): HTMLElement {
  return element(
    page,
    "div",
    { class: "greeting notice", role: "alert" },
    texts.loadFailed,
    element(page, "button", { type: "button", click: onRetry }, texts.retry),
  );
}
