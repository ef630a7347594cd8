// What tests want of a machine beside Node.js: installed in one go where we may, and named where it is missing.
import { existsSync } from "node:fs";
import {
  CHROMIUM_PACKAGES,
  findBrowser,
  findWebKit,
  findWholeChromium,
  HEADLESS_SHELL,
} from "./browser.ts";
import { installFromDebian, keepFromStarting, mayInstall } from "./debian.ts";

interface Want {
  name: string;
  /** Where it is. */
  find: () => string | undefined;
  /** Debian's. */
  packages: string[];
  without: string;
}

const program = (file: string) => () => (existsSync(file) ? file : undefined);

const wants: Want[] = [
  {
    name: "Chromium without windows",
    find: program(HEADLESS_SHELL),
    packages: CHROMIUM_PACKAGES,
    without: "what is there has to do, or Playwright's own",
  },
  {
    name: "Chromium with windows",
    find: () => findWholeChromium()?.executablePath,
    packages: ["chromium"],
    without: "the way back from the browser's memory goes untested",
  },
  {
    name: "Firefox",
    find: () => findBrowser("firefox")?.executablePath,
    packages: ["firefox-esr"],
    without: "the hostile pages go untested in it",
  },
  {
    name: "WebKit",
    find: () => findWebKit()?.driver,
    packages: ["webkit2gtk-driver", "xvfb"],
    without: "the hostile pages go untested in it",
  },
  {
    name: "Redis",
    find: program("/usr/bin/redis-server"),
    packages: ["redis-server"],
    without: "what processes share through one is not tested",
  },
  ...[
    { name: "PHP", file: "/usr/bin/php", packages: ["php-cli"] },
    { name: "Ruby", file: "/usr/bin/ruby", packages: ["ruby"] },
  ].map(({ name, file, packages }) => ({
    name,
    find: program(file),
    packages,
    without: "its example in docs/identity.md is not run",
  })),
];

/** @returns a line for each, in the words that a report shows */
export function prepareMachine(): string[] {
  const missing = wants.filter(({ find }) => find() === undefined);
  if (missing.length > 0 && mayInstall()) {
    const isDone = installFromDebian(...missing.flatMap(({ packages }) => packages));
    // A release that lacks one of them installs none.
    if (!isDone) for (const { packages } of missing) installFromDebian(...packages);
    for (const { packages } of missing) {
      if (packages.includes("redis-server")) keepFromStarting("redis-server");
    }
  }
  return wants.map(({ name, find, without }) => {
    const found = find();
    return found === undefined
      ? `No ${name} here, and none could be installed: ${without}.`
      : `${name}: ${found}`;
  });
}
