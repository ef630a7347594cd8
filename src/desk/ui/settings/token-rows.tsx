// How a token is shown in a list: its last characters, what it may do, when it was used, and how to end it.
import type { AccessToken } from "../../../protocol/access-tokens.ts";
import { formatFull } from "../format.ts";
import { useSettings } from "./context.ts";
import { RemoveButton } from "./editor-form.tsx";
import type { Row } from "./kept-rows.tsx";
import { tokenTexts as words } from "./texts-account.ts";

export const usedText = (seconds: number | null) =>
  seconds === null ? words.neverUsed : words.lastUsed(formatFull(seconds * 1000));

/** @param owner whose it is, where that is not plain */
export function tokenRow(token: AccessToken, owner?: string): Row {
  const scopes = token.scopes.map((scope) => words.scopes[scope].name).join(", ");
  return {
    key: token.id,
    title: token.name,
    detail: [
      ...(owner ? [owner] : []),
      `…${token.hint}`,
      scopes,
      usedText(token.last_used_at),
    ].join(" · "),
    end: <Revoke token={token} />,
  };
}

function Revoke({ token }: { token: AccessToken }) {
  const { accessTokens } = useSettings();
  return (
    <RemoveButton
      class="button"
      label={words.revoke}
      title={words.revokeTitle(token.name)}
      text={words.revokeText}
      remove={() => accessTokens.remove(token.id)}
      onRemoved={() => undefined}
    />
  );
}
