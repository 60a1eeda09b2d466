import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";
import { say } from "../launcher/terminal";
import { StartError } from "../services/start-error";

const installed = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/snap/bin/chromium",
];
const INSTALL_TIMEOUT_MS = 300_000;

/**
 * The path of a Chromium: the machine's own, else Playwright's, else one that is installed now, which is said.
 *
 * @throws StartError when none can be had
 */
export function findBrowser(): string {
  const found = lookFor();
  if (found) return found;
  const ways = [
    ["npx", "playwright", "install", "chromium"],
    ...(process.getuid?.() === 0
      ? [
          ["apt-get", "update"],
          ["apt-get", "install", "--yes", "--no-install-recommends", "chromium"],
        ]
      : []),
  ];
  for (const [command = "", ...args] of ways) {
    say(`No Chromium on this machine: running ${command} ${args.join(" ")}`);
    spawnSync(command, args, {
      stdio: "inherit",
      timeout: INSTALL_TIMEOUT_MS,
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
    const now = lookFor();
    if (now) return now;
  }
  throw new StartError(
    "The browser tests need Chromium and it could not be installed; install the package chromium and run the tests again.",
  );
}

function lookFor(): string | undefined {
  return [process.env["CHROMIUM_PATH"] ?? "", ...installed, chromium.executablePath()].find(
    (path) => path && existsSync(path),
  );
}
