// How the chat comes onto a website: the script tag to copy.
import { CopyLine } from "../editor-form.tsx";
import { ExternalIcon } from "../../icons.tsx";
import { useCopy } from "../use-copy.ts";
import type { PartProps } from "./inboxes-page.tsx";
import { installTexts as words } from "./texts.ts";

export function InstallPart({ inbox }: PartProps) {
  const copy = useCopy();
  const script = inbox.web_widget_script.trim();
  return (
    <section aria-labelledby="install-title">
      <h2 id="install-title">{words.title}</h2>
      <p>{words.text}</p>
      <CopyLine label={words.tag} text={script} copy={() => copy(script)} />
      <p>{words.code}</p>
      <CopyLine
        label={words.token}
        text={inbox.website_token}
        copy={() => copy(inbox.website_token)}
      />
      <p>
        <a class="text-link" href="/demo/" target="_blank" rel="noopener">
          {words.demo}
          <ExternalIcon />
        </a>
      </p>
    </section>
  );
}
