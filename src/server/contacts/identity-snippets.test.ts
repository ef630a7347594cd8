// docs/identity.md: what its examples make, in every language that this machine speaks, is what the server believes.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { identifierHash, provenIdentifier } from "./identity.ts";
import { readIdentityToken } from "./identity-token.ts";

const document = readFileSync(path.join(import.meta.dirname, "../../../docs/identity.md"), "utf8");
const inbox = { hmac_token: "a secret of 32 characters, or so", website_token: "w_Token-1" };
const userId = "Zoë & 42";

/** A language's example by what it calls itself, and how it is asked for both values of an argument. */
const languages = [
  {
    name: "js",
    heading: "Node.js",
    command: process.execPath,
    file: "identity.mjs",
    print: `console.log(identityHash(process.argv[2]));console.log(identityToken(process.argv[2]));`,
  },
  {
    name: "python",
    heading: "Python",
    command: "python3",
    file: "identity.py",
    print: `import sys\nprint(identity_hash(sys.argv[1]))\nprint(identity_token(sys.argv[1]))`,
  },
  {
    name: "php",
    heading: "PHP",
    command: "php",
    file: "identity.php",
    print: `echo identity_hash($argv[1]), "\\n", identity_token($argv[1]);`,
  },
  {
    name: "ruby",
    heading: "Ruby",
    command: "ruby",
    file: "identity.rb",
    print: `puts identity_hash(ARGV[0])\nputs identity_token(ARGV[0])`,
  },
];

function isInstalled(command: string): boolean {
  try {
    execFileSync(command, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

for (const { name, heading, command, file, print } of languages) {
  test.skipIf(!isInstalled(command))(
    `the ${heading} example makes the hash and the token that the server takes (skipped where ${path.basename(command)} is not installed)`,
    async () => {
      const section = document.slice(document.indexOf(`## ${heading}\n`));
      const code = new RegExp(`\`\`\`${name}\\n([\\s\\S]*?)\`\`\``).exec(section)?.[1] ?? "";
      const folder = mkdtempSync(path.join(tmpdir(), "parlor-identity-"));
      const script = path.join(folder, file);
      writeFileSync(script, `${code}\n${print}\n`);
      const env = {
        ...process.env,
        PARLOR_INBOX_SECRET: inbox.hmac_token,
        PARLOR_WEBSITE_TOKEN: inbox.website_token,
      };
      const printed = execFileSync(command, [script, userId], { env, encoding: "utf8" });
      rmSync(folder, { recursive: true });
      const [hash = "", token = ""] = printed.trim().split("\n");
      expect(hash).toBe(identifierHash(inbox.hmac_token, userId));
      const claim = { identifier: userId, identifier_hash: hash };
      expect(provenIdentifier({ ...inbox, hmac_mandatory: true }, claim)).toEqual({
        ok: true,
        data: userId,
      });
      const read = await readIdentityToken(inbox, token, new Date());
      expect(read).toMatchObject({ ok: true, data: { identifier: userId } });
      const changed = token.replace(/.(?=.{20}$)/, (one) => (one === "A" ? "B" : "A"));
      expect(await readIdentityToken(inbox, changed, new Date())).toMatchObject({ ok: false });
    },
  );
}
