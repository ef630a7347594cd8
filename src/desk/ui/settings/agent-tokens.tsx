// What opens the account in an agent's name: the token of his profile and those of his tools, each to be ended.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { ProfileToken } from "../../../protocol/access-tokens.ts";
import type { Agent } from "../../../protocol/records.ts";
import type { Failure } from "../../../protocol/result.ts";
import { failureText } from "../texts.ts";
import { useSettings } from "./context.ts";
import { RemoveButton } from "./editor-form.tsx";
import { KeptRows } from "./kept-rows.tsx";
import type { Row } from "./kept-rows.tsx";
import { agentTexts, tokenTexts as words } from "./texts-account.ts";
import { tokenRow, usedText } from "./token-rows.tsx";

export function AgentTokens({ agent }: { agent: Agent }) {
  const { rest, accountId, accessTokens } = useSettings();
  /** Undefined: not known yet; null: there is none. */
  const ofProfile = useSignal<ProfileToken | null | undefined>(undefined);
  const failed = useSignal<Failure | null>(null);

  async function load(): Promise<void> {
    const result = await rest.listProfileTokens(accountId);
    failed.value = result.ok ? null : result.error;
    if (!result.ok) return;
    ofProfile.value = result.data.find(({ user_id: id }) => id === agent.id) ?? null;
  }
  useEffect(() => {
    accessTokens.open();
    void load();
  }, [agent.id]);

  const rows: Row[] = [
    ...(ofProfile.value ? [profileRow(ofProfile.value, () => void load())] : []),
    ...accessTokens.items.value
      .filter(({ user_id: id }) => id === agent.id)
      .map((token) => tokenRow(token)),
  ];
  return (
    <section aria-label={words.list}>
      <h2>{words.list}</h2>
      {failed.value && <p role="alert">{failureText(failed.value)}</p>}
      {rows.length > 0 && <KeptRows label={words.list} rows={rows} />}
      {rows.length === 0 && ofProfile.value === null && <p class="quiet">{agentTexts.noTokens}</p>}
    </section>
  );
}

function profileRow(token: ProfileToken, onEnded: () => void): Row {
  const { hint, last_used_at: usedAt, is_elsewhere: isElsewhere } = token;
  return {
    key: "profile",
    title: agentTexts.profileToken,
    detail: isElsewhere ? agentTexts.tokenElsewhere : `…${hint ?? ""} · ${usedText(usedAt)}`,
    end: !isElsewhere && <EndProfileToken token={token} onEnded={onEnded} />,
  };
}

function EndProfileToken({ token, onEnded }: { token: ProfileToken; onEnded: () => void }) {
  const { rest, accountId } = useSettings();
  return (
    <RemoveButton
      class="button"
      label={words.revoke}
      title={agentTexts.endTokenTitle(token.name)}
      text={agentTexts.endTokenText}
      remove={() => rest.revokeProfileToken(accountId, token.user_id)}
      onRemoved={onEnded}
    />
  );
}
