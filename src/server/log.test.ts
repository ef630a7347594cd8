import { DrizzleQueryError } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { createLog } from "./log.ts";

describe("createLog", () => {
  const logged = (write: (log: ReturnType<typeof createLog>) => void): Record<string, unknown> => {
    const lines: string[] = [];
    write(createLog("info", { write: (line) => void lines.push(line) }));
    expect(lines).toHaveLength(1);
    return JSON.parse(lines[0] ?? "") as Record<string, unknown>;
  };

  it("tells an error's kind, reason and place", () => {
    const { err } = logged((log) => log.error({ err: new TypeError("no such room") }));
    expect(err).toMatchObject({ type: "TypeError", message: "no such room" });
    expect(JSON.stringify(err)).toContain("log.test.ts");
  });

  it("repeats no value of a failed query", () => {
    const cause = Object.assign(new Error("duplicate key value"), {
      code: "23505",
      detail: "Key (email)=(ada@example.com) already exists.",
    });
    const params = ["my card number is 4111", "ada@example.com"];
    const err = new DrizzleQueryError("insert into messages values ($1, $2)", params, cause);
    for (const write of [{ err }, err]) {
      const text = JSON.stringify(logged((log) => log.error(write)));
      expect(text).not.toMatch(/4111|ada@/);
      expect(text).toContain("23505");
    }
  });

  it("leaves an error alone that was described before", () => {
    const err = { type: "RangeError", code: "7" };
    expect(logged((log) => log.error({ err }))).toMatchObject({ err });
  });

  it("names a request by its route, since its address holds tokens", () => {
    const req = {
      method: "GET",
      url: "/contacts/0f3c-secret?token=s3cret",
      routeOptions: { url: "/contacts/:source" },
    };
    const line = logged((log) => log.info({ req }));
    expect(line["req"]).toEqual({ method: "GET", route: "/contacts/:source" });
    expect(JSON.stringify(line)).not.toContain("s3cret");
  });

  it("strikes out secrets that somebody logs by mistake", () => {
    const line = logged((log) => log.info({ body: { email: "a@b.example", password: "hunter2" } }));
    expect(JSON.stringify(line)).not.toContain("hunter2");
  });
});
