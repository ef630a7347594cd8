// What a person reads after the start.
import type { FirstStart } from "./accounts/first-start.ts";

/** Addresses, and how to sign in: a generated password appears here and nowhere else. */
export function composeWelcome(publicUrl: string, firstStart: FirstStart): string {
  return [
    "",
    "  Parlor is running.",
    "",
    `  Demo page   ${publicUrl}/demo/`,
    `  Desk        ${publicUrl}/desk/`,
    `  Reference   ${publicUrl}/api/docs`,
    `  API         ${publicUrl}/api/v1`,
    "",
    ...composeSignIn(firstStart),
    "",
    "",
  ].join("\n");
}

/** The lines about the administrator alone. */
export function composeSignIn({ created, email, generatedPassword }: FirstStart): string[] {
  if (!created || !generatedPassword) return [`  Sign in at the desk as ${email}.`];
  return [
    `  Sign in at the desk as   ${email}`,
    `  with the password        ${generatedPassword}`,
    "  This password is shown only now: write it down.",
  ];
}
