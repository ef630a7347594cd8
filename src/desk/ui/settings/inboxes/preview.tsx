// The real widget on a sketch of a website, following what is typed beside it.
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { WidgetSettings } from "../../../../protocol/records-widget-settings.ts";
import { previewTexts as words } from "./texts.ts";

interface Props {
  websiteToken: string;
  settings: WidgetSettings;
}

/** Wide enough that the chat does not take itself for one on a phone. */
const VIEW_WIDTH = 600;
const VIEW_HEIGHT = 780;

export function Preview({ websiteToken, settings }: Props) {
  const isOpen = useSignal(true);
  const frame = useRef<HTMLIFrameElement>(null);
  const holder = useRef<HTMLDivElement>(null);
  const isReady = useSignal(false);

  useEffect(() => {
    const heard = ({ origin, source, data }: MessageEvent<{ type?: string } | null>) => {
      if (origin !== location.origin || source !== frame.current?.contentWindow) return;
      if (data?.type === "parlor:preview-ready") isReady.value = true;
    };
    addEventListener("message", heard);
    return () => removeEventListener("message", heard);
  }, []);

  const shown = JSON.stringify(settings);
  useEffect(() => {
    if (!isReady.value) return;
    const message = { type: "parlor:preview", settings, isOpen: isOpen.value };
    frame.current?.contentWindow?.postMessage(message, location.origin);
  }, [shown, isOpen.value, isReady.value]);

  useEffect(() => {
    const element = holder.current;
    if (!element) return undefined;
    const fit = () => {
      const scale = Math.min(1, element.clientWidth / VIEW_WIDTH);
      // Through the object model: the page's policy forbids styles in its markup.
      if (frame.current) frame.current.style.scale = String(scale);
      element.style.height = `${Math.round(VIEW_HEIGHT * scale)}px`;
    };
    const observer = new ResizeObserver(fit);
    observer.observe(element);
    fit();
    return () => observer.disconnect();
  }, []);

  return (
    <section class="preview" aria-labelledby="preview-title">
      <header class="preview-head">
        <h2 id="preview-title">{words.title}</h2>
        <button
          type="button"
          class="button"
          aria-pressed={isOpen.value}
          onClick={() => (isOpen.value = !isOpen.value)}
        >
          {words.open}
        </button>
      </header>
      <div ref={holder} class="preview-holder">
        {/* A picture: nobody writes to the team by mistake, and it never takes the focus. */}
        <iframe
          ref={frame}
          class="preview-frame"
          title={words.title}
          src={`/preview/#${websiteToken}`}
          width={VIEW_WIDTH}
          height={VIEW_HEIGHT}
          inert
          tabIndex={-1}
        />
      </div>
      <p class="quiet field-hint">{words.hint}</p>
    </section>
  );
}
