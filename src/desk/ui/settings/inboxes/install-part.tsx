// How the chat comes onto a website: the script tag to copy.
import { chatPagePath } from "../../../../protocol/paths-of-links.ts";
import { CopyLine } from "../editor-form.tsx";
import { ExternalIcon } from "../../icons.tsx";
import { useCopy } from "../use-copy.ts";
import { QrCode } from "./qr-code.tsx";
import type { PartProps } from "./inboxes-page.tsx";
import { installTexts as words } from "./texts.ts";

export function InstallPart({ inbox }: PartProps) {
  const copy = useCopy();
  const script = inbox.web_widget_script.trim();
  // Where the server is for visitors, which need not be where this desk was opened.
  const server = /src="([^"]+)\/widget\.js"/.exec(script)?.[1] ?? location.origin;
  const page = server + chatPagePath(inbox.website_token);
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
      <h2>{words.pageTitle}</h2>
      <p>{words.pageText}</p>
      <CopyLine label={words.pageAddress} text={page} copy={() => copy(page)} />
      <QrCode text={page} label={words.qrCode} />
      <p>
        <a class="text-link" href={page} target="_blank" rel="noopener">
          {words.openPage}
          <ExternalIcon />
        </a>
      </p>
      <p>
        <a class="text-link" href="/demo/" target="_blank" rel="noopener">
          {words.demo}
          <ExternalIcon />
        </a>
      </p>
    </section>
  );
}
