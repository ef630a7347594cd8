// Debian's packages, for what tests need of a machine: installed where we may.
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";

const aptGet = "/usr/bin/apt-get";
/** What asks it before a package starts its service; 101 means: do not. */
const policy = "/usr/sbin/policy-rc.d";

export const isRoot = () => process.getuid?.() === 0;

/** Root, on Debian itself: Ubuntu's `chromium` is only a pointer to a snap, which no container can run. */
export function mayInstall(): boolean {
  if (!isRoot() || !existsSync(aptGet) || !existsSync("/etc/os-release")) return false;
  return /^ID=debian$/m.test(readFileSync("/etc/os-release", "utf8"));
}

export function installFromDebian(...packages: string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  console.log(`Installing from Debian: ${packages.join(", ")}`);
  const updated = spawnSync(aptGet, ["update"], { stdio: "inherit", env });
  if (updated.status !== 0) return;
  spawnSync(aptGet, ["install", "-y", "--no-install-recommends", ...packages], {
    stdio: "inherit",
    env,
  });
}

/** The same of a package that brings a service: its programs alone, nothing is started, now or later. */
export function installWithoutService(name: string): void {
  const isOurs = !existsSync(policy);
  if (isOurs) {
    writeFileSync(policy, "#!/bin/sh\nexit 101\n");
    chmodSync(policy, 0o755);
  }
  try {
    installFromDebian(name);
    // Where there is none, nothing starts it at the next boot either.
    spawnSync("systemctl", ["disable", name]);
  } finally {
    if (isOurs) rmSync(policy);
  }
}
