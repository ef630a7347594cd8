// Puts the one script tag on the page, and tells why when the script does not come.
import { ParlorError } from "./error.ts";

/** The part of the Trusted Types API that a script's address needs; not in every browser. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(value: string): string },
  ): { createScriptURL(value: string): string };
}

/** Marks our own tag. It stands only while it loads: whoever finds one shares it. */
const MARK = "data-parlor-loader";

/** An address as `script.src` takes it where the page requires Trusted Types. */
function trusted(page: Window, url: string): string {
  const { trustedTypes } = page as Window & { trustedTypes?: TrustedTypes };
  if (!trustedTypes) return url;
  return trustedTypes
    .createPolicy("parlor", { createScriptURL: (value) => value })
    .createScriptURL(url);
}

function createScript(page: Window, url: string, nonce: string | undefined): HTMLScriptElement {
  const script = page.document.createElement("script");
  script.async = true;
  script.setAttribute(MARK, "");
  if (nonce !== undefined) script.nonce = nonce;
  script.src = trusted(page, url);
  return script;
}

function unreachable(page: Window, url: string): ParlorError {
  const guess = page.navigator.onLine
    ? "its server does not answer, or something in the browser stops it"
    : "the browser is offline";
  return new ParlorError("unreachable", `${url} could not be loaded: ${guess}`);
}

/**
 * Resolves when the script has run. Rejects with a ParlorError: `blocked` by the page's policy, or
 * `unreachable`. At any time there is at most one tag for one address, and none when it is over.
 */
export function loadScript(page: Window, address: string, nonce?: string): Promise<void> {
  const { document } = page;
  const url = new URL(address, document.baseURI).href;
  const present = [...document.querySelectorAll<HTMLScriptElement>(`script[${MARK}]`)].find(
    ({ src }) => src === url,
  );
  return new Promise((resolve, reject) => {
    const over = new AbortController();
    const { signal } = over;
    let directive: string | undefined;
    const blocked = (by: string) =>
      new ParlorError("blocked", `${url} is blocked by the page's Content Security Policy: ${by}`);
    document.addEventListener(
      "securitypolicyviolation",
      ({ blockedURI, effectiveDirective }) => {
        // A policy that hides paths reports the origin alone.
        if (blockedURI !== "" && url.startsWith(blockedURI)) directive = effectiveDirective;
      },
      { signal },
    );
    let script: HTMLScriptElement;
    try {
      script = present ?? createScript(page, url, nonce);
    } catch (error) {
      over.abort();
      reject(blocked(String(error)));
      return;
    }
    const onLoad = () => {
      over.abort();
      script.remove();
      resolve();
    };
    const onError = () => {
      script.remove();
      // The report of a violation may come a task after the error.
      setTimeout(() => {
        over.abort();
        reject(directive === undefined ? unreachable(page, url) : blocked(directive));
      });
    };
    script.addEventListener("load", onLoad, { signal });
    script.addEventListener("error", onError, { signal });
    if (!present) document.head.append(script);
  });
}
