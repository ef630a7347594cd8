// The variables of e-mail, as an operator writes them.
import { expect, it } from "vitest";
import { readConfig } from "../config.ts";

const base = { PARLOR_SECRET: "a secret for tests, 32 characters" };
const read = (env: Record<string, string>) => readConfig({ ...base, ...env }).mail;
const MAIL_FROM = "Support <support@example.com>";

it("takes one address of the mail server, or its parts", () => {
  expect(read({})).toBeUndefined();
  const smtpUrl = "smtp://ada:pass@mail.example.com:587";
  expect(read({ SMTP_URL: smtpUrl, MAIL_FROM })).toEqual({ smtpUrl, from: MAIL_FROM });
  expect(read({ SMTP_HOST: "mail.example.com", MAIL_FROM })?.smtpUrl).toBe(
    "smtp://mail.example.com:587",
  );
  const parts = { SMTP_HOST: "::1", SMTP_PORT: "465", SMTP_USER: "a@b", SMTP_PASSWORD: "p:w/@" };
  expect(read({ ...parts, MAIL_FROM })?.smtpUrl).toBe("smtps://a%40b:p%3Aw%2F%40@[::1]:465");
});

it("says what to write instead of a mistake, without repeating a password", () => {
  const wrong: [Record<string, string>, RegExp][] = [
    [{ SMTP_URL: "http://ada:hush@mail.example.com", MAIL_FROM }, /SMTP_URL is no SMTP address/],
    [{ SMTP_URL: "smtp://ada:hush@mail.example.com" }, /MAIL_FROM is missing/],
    [{ SMTP_HOST: "mail.example.com", MAIL_FROM: "Support" }, /MAIL_FROM is no sender/],
    [{ SMTP_HOST: "mail example", MAIL_FROM }, /SMTP_HOST is no host name/],
    [{ SMTP_HOST: "mail.example.com", SMTP_PORT: "smtp", MAIL_FROM }, /SMTP_PORT is no port/],
  ];
  for (const [env, message] of wrong) {
    expect(() => read(env)).toThrow(message);
    expect(() => read(env)).not.toThrow(/hush/);
  }
});
