// One's own profile: how one is called, and the password.
import { useEffect } from "preact/hooks";
import {
  NAME_MAX_LENGTH,
  PASSWORD_MAX_LENGTH,
  PASSWORD_MIN_LENGTH,
} from "../../../protocol/limits.ts";
import type { Profile } from "../../../protocol/records.ts";
import type { FieldProblem } from "../../../protocol/result.ts";
import { createForm } from "../../store/settings/form.ts";
import { useDesk } from "../desk-context.ts";
import { useForm, useSettings } from "./context.ts";
import { EditorForm } from "./editor-form.tsx";
import { CheckField, TextField } from "./fields.tsx";
import { Page } from "./page.tsx";
import { profileTexts as words } from "./texts-account.ts";
import { emptyProblem } from "./texts-lists.ts";
import { sectionTexts, texts } from "./texts.ts";

export function ProfilePage() {
  const profile = useDesk().session.profile.value;
  if (!profile) return null;
  return (
    <Page title={sectionTexts.profile.name} intro={sectionTexts.profile.intro}>
      <AboutMe profile={profile} />
      <Password />
    </Page>
  );
}

const valuesOf = ({ name, display_name, auto_offline }: Profile) => ({
  name,
  display_name: display_name ?? "",
  auto_offline,
});

function AboutMe({ profile }: { profile: Profile }) {
  const { rest } = useSettings();
  const { session } = useDesk();
  const form = useForm(() =>
    createForm({
      initial: valuesOf(profile),
      fields: ["name", "display_name"],
      check: ({ name }) => emptyProblem("name", name),
      async save(values) {
        const result = await rest.updateProfile(values);
        if (!result.ok) return result;
        session.update(result.data);
        return { ok: true, data: valuesOf(result.data) };
      },
    }),
  );
  useEffect(() => form.rebase(valuesOf(profile)), [profile]);
  return (
    <EditorForm form={form}>
      <TextField
        label={words.email}
        type="email"
        value={profile.email}
        isReadOnly
        hint={words.emailHint}
        onChange={() => undefined}
      />
      <TextField
        label={texts.name}
        {...form.field("name")}
        maxLength={NAME_MAX_LENGTH}
        autocomplete="name"
        isRequired
      />
      <TextField
        label={words.displayName}
        hint={words.displayNameHint}
        {...form.field("display_name")}
        maxLength={NAME_MAX_LENGTH}
        autocomplete="nickname"
      />
      <CheckField
        label={words.autoOffline}
        hint={words.autoOfflineHint}
        {...form.field("auto_offline")}
      />
    </EditorForm>
  );
}

const empty = { current_password: "", password: "", repeated: "" };

function checkPassword({ current_password: current, password, repeated }: typeof empty) {
  const problems: FieldProblem[] = emptyProblem("current_password", current);
  if (password.length < PASSWORD_MIN_LENGTH) {
    problems.push({ field: "password", message: words.passwordHint });
  } else if (password !== repeated) {
    problems.push({ field: "repeated", message: words.different });
  }
  return problems;
}

function Password() {
  const { rest } = useSettings();
  const { session } = useDesk();
  const form = useForm(() =>
    createForm({
      initial: empty,
      fields: Object.keys(empty),
      check: checkPassword,
      async save({ current_password, password }) {
        const result = await rest.updateProfile({ current_password, password });
        if (!result.ok) return result;
        // The tokens of the profile are others now.
        session.update(result.data);
        return { ok: true, data: empty };
      },
    }),
  );
  const field = { type: "password", maxLength: PASSWORD_MAX_LENGTH, isRequired: true } as const;
  return (
    <section class="settings-part" aria-labelledby="password-title">
      <h2 id="password-title">{words.password}</h2>
      <p class="quiet">{words.passwordText}</p>
      <EditorForm form={form} submit={words.setPassword}>
        <TextField
          {...field}
          label={words.currentPassword}
          {...form.field("current_password")}
          autocomplete="current-password"
        />
        <TextField
          {...field}
          label={words.newPassword}
          hint={words.passwordHint}
          {...form.field("password")}
          autocomplete="new-password"
        />
        <TextField
          {...field}
          label={words.repeated}
          {...form.field("repeated")}
          autocomplete="new-password"
        />
      </EditorForm>
    </section>
  );
}
