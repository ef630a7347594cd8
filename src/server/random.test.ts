// Secrets are compared in a time that tells nothing: no clock proves that, but what the comparison is made of does.
import type * as Crypto from "node:crypto";
import { timingSafeEqual } from "node:crypto";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { identifierHash, provenIdentifier } from "./contacts/identity.ts";
import { sameText } from "./random.ts";
import { openLink } from "./share-links/conversation-links.ts";

vi.mock("node:crypto", async (original) => {
  const real = await original<typeof Crypto>();
  return { ...real, timingSafeEqual: vi.fn(real.timingSafeEqual) };
});

const compared = () =>
  vi.mocked(timingSafeEqual).mock.calls.map(([one, other]) => [one.byteLength, other.byteLength]);

beforeEach(() => void vi.mocked(timingSafeEqual).mockClear());

const right = "0123456789abcdef".repeat(4);
const wrong = [
  "",
  "0",
  right.slice(1),
  `${right}0`,
  `x${right.slice(1)}`,
  "é",
  "x".repeat(100_000),
];

describe("two texts", () => {
  it.each([right, ...wrong])(
    "are compared once, as digests of one length, whatever they are (case %#)",
    (said) => {
      expect(sameText(said, right)).toBe(said === right);
      expect(compared()).toEqual([[32, 32]]);
    },
  );
});

describe("every door that is told a secret", () => {
  const inbox = { hmac_token: "secret", hmac_mandatory: true };
  const hash = identifierHash(inbox.hmac_token, "ann");

  it.each([hash, hash.toUpperCase(), `0${hash.slice(1)}`, hash.slice(0, 1), "nothing of the kind"])(
    "compares so: the hash of an identity (case %#)",
    (identifier_hash) => {
      provenIdentifier(inbox, { identifier: "ann", identifier_hash });
      expect(compared()).toEqual([[32, 32]]);
    },
  );

  it("compares so: the signature of a link to a conversation", async () => {
    const config = { secret: "secret" };
    const deps = { config, clock: () => new Date() } as never;
    const link = `1.zzzzzz.${"A".repeat(43)}`;
    expect(await openLink(deps, {} as never, link)).toMatchObject({ ok: false });
    expect(compared()).toEqual([[32, 32]]);
  });
});
