// What a page says of something that is not there, or no longer.
import { Page } from "./page.tsx";
import { texts } from "./texts.ts";

export function Missing({ back }: { back: string }) {
  return (
    <Page title={texts.missingTitle} back={back}>
      <p class="quiet">{texts.missingText}</p>
    </Page>
  );
}
