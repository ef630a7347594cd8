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

/**
 * Their programs alone: of packages that bring a service nothing is started.
 * @returns whether all are there
 */
export function installFromDebian(...packages: string[]): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const apt = (...args: string[]) =>
    spawnSync(aptGet, ["-qq", ...args], { stdio: "inherit", env }).status;
  console.log(`Installing from Debian: ${packages.join(", ")}`);
  const isOurs = !existsSync(policy);
  if (isOurs) {
    writeFileSync(policy, "#!/bin/sh\nexit 101\n");
    chmodSync(policy, 0o755);
  }
  try {
    return (
      apt("update") === 0 && apt("install", "-y", "--no-install-recommends", ...packages) === 0
    );
  } finally {
    if (isOurs) rmSync(policy);
  }
}

/** A service that has been installed does not start at the next boot either. */
export function keepFromStarting(service: string): void {
  spawnSync("systemctl", ["disable", service]);
}
