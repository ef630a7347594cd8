import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readConfig } from "./config.ts";
import { StartupError } from "./startup-error.ts";

describe("readConfig", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), "parlor-config-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const data = () => path.join(folder, "data");
  const mistakesOf = (env: Record<string, string>): string => {
    try {
      readConfig({ DATA_DIR: data(), ...env });
    } catch (error) {
      expect(error).toBeInstanceOf(StartupError);
      return (error as Error).message;
    }
    throw new Error("the configuration was accepted");
  };

  it("needs no variable and listens on this machine alone", () => {
    expect(readConfig({ DATA_DIR: data() })).toEqual({
      host: "127.0.0.1",
      port: 3000,
      publicUrl: "http://localhost:3000",
      dataDirectory: data(),
      secret: expect.stringMatching(/^[0-9a-f]{64}$/),
      logLevel: "info",
    });
  });

  it("takes every variable that is given", () => {
    const config = readConfig({
      HOST: "0.0.0.0",
      PORT: "8080",
      PUBLIC_URL: "https://chat.example.com/",
      DATA_DIR: data(),
      DATABASE_URL: "postgres://parlor:pw@db:5432/parlor",
      REDIS_URL: "redis://cache:6379",
      PARLOR_SECRET: "s".repeat(32),
      PARLOR_ADMIN_EMAIL: "Ada@Example.com",
      PARLOR_ADMIN_PASSWORD: "correct horse",
      PARLOR_ALLOW_PRIVATE_ADDRESSES: "n8n.internal, 10.0.0.0/8",
      RATE_LIMIT_TOKEN: "50",
      RATE_LIMIT_MESSAGES: "0",
      TRUST_PROXY: "loopback,203.0.113.0/24",
      LOG_LEVEL: "debug",
    });
    expect(config).toEqual({
      host: "0.0.0.0",
      port: 8080,
      publicUrl: "https://chat.example.com",
      dataDirectory: data(),
      databaseUrl: "postgres://parlor:pw@db:5432/parlor",
      redisUrl: "redis://cache:6379",
      secret: "s".repeat(32),
      adminEmail: "ada@example.com",
      adminPassword: "correct horse",
      allowPrivateAddresses: ["n8n.internal", "10.0.0.0/8"],
      rateLimits: { token: 50, message: 0 },
      trustProxy: "loopback, 203.0.113.0/24",
      logLevel: "debug",
    });
  });

  it("counts an empty variable as not set", () => {
    const config = readConfig({ DATA_DIR: data(), PORT: "", DATABASE_URL: " ", LOG_LEVEL: "" });
    expect(config).toMatchObject({ port: 3000, logLevel: "info" });
    expect(config).not.toHaveProperty("databaseUrl");
  });

  it.each([
    ["0.0.0.0", "http://localhost:3000"],
    ["::1", "http://localhost:3000"],
    ["192.168.1.7", "http://192.168.1.7:3000"],
    ["fd00::7", "http://[fd00::7]:3000"],
  ])("guesses the address of browsers from host %s", (HOST, expected) => {
    expect(readConfig({ DATA_DIR: data(), HOST }).publicUrl).toBe(expected);
  });

  it.each([
    ["HOST", "http://localhost", "0.0.0.0"],
    ["PORT", "http", "1 to 65535"],
    ["PORT", "70000", "up to 65535"],
    ["PORT", "-1", "1 to 65535"],
    ["PUBLIC_URL", "chat.example.com", "https://chat.example.com"],
    ["PUBLIC_URL", "ftp://chat.example.com", "https://chat.example.com"],
    ["PUBLIC_URL", "https://example.com/chat", "https://chat.example.com"],
    ["DATABASE_URL", "mysql://root@db/parlor", "postgres://user:password@host:5432/database"],
    ["REDIS_URL", "cache:6379", "redis://host:6379"],
    ["PARLOR_SECRET", "too short", "at least 32 random characters"],
    ["PARLOR_ADMIN_EMAIL", "ada", "ada@example.com"],
    ["PARLOR_ADMIN_PASSWORD", "short", "at least 8 characters"],
    ["RATE_LIMIT_VISITOR", "many", "0 for no limit"],
    ["TRUST_PROXY", "cloudflare", "203.0.113.0/24"],
    ["LOG_LEVEL", "loud", "fatal, error, warn, info, debug, trace, silent"],
  ])("says what to write when %s is %s", (name, value, advice) => {
    const message = mistakesOf({ [name]: value });
    expect(message).toContain(`  ${name} `);
    expect(message).toContain(advice);
    expect(message.split("\n")).toHaveLength(2);
  });

  it("names all mistakes at once and repeats no value", () => {
    const message = mistakesOf({
      PORT: "no-port",
      DATABASE_URL: "mysql://root:hunter2@db/parlor",
      PARLOR_SECRET: "hunter2",
      PARLOR_ADMIN_PASSWORD: "hunter2",
    });
    for (const name of ["PORT", "DATABASE_URL", "PARLOR_SECRET", "PARLOR_ADMIN_PASSWORD"]) {
      expect(message).toContain(`  ${name} `);
    }
    expect(message).not.toMatch(/hunter2|no-port/);
  });

  it("makes a secret once, readable by this user alone, and keeps it", () => {
    const first = readConfig({ DATA_DIR: data() });
    const second = readConfig({ DATA_DIR: data() });
    expect(second.secret).toBe(first.secret);
    const file = path.join(data(), "secret");
    expect(readFileSync(file, "utf8").trim()).toBe(first.secret);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(data())).toEqual(["secret"]);
  });

  it("makes no folder when the secret is given", () => {
    readConfig({ DATA_DIR: data(), PARLOR_SECRET: "s".repeat(32) });
    expect(readdirSync(folder)).toEqual([]);
  });

  it("refuses a secret file that was cut off", () => {
    const { secret } = readConfig({ DATA_DIR: data() });
    writeFileSync(path.join(data(), "secret"), secret.slice(0, 10));
    const message = mistakesOf({});
    expect(message).toContain(path.join(data(), "secret"));
    expect(message).not.toContain(secret.slice(0, 10));
  });

  it("names DATA_DIR when it cannot be a folder", () => {
    writeFileSync(path.join(folder, "file"), "");
    expect(mistakesOf({ DATA_DIR: path.join(folder, "file") })).toContain("DATA_DIR");
  });
});
