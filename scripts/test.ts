import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { main, say } from "./launcher/terminal";
import { endWithUs } from "./services/processes";
import { findBrowser } from "./testing/browser";
import { startDemo } from "./testing/demo";
import { startRedis } from "./testing/redis";
import { brokenSuite, playwrightTotals, sum, type Totals, totalsLine, vitestTotals } from "./testing/totals";

const root = join(import.meta.dirname, "..");

// npm test [-- unit db … e2e]: the named projects of tests/vitest.config.ts and the browser's, or all; their totals last.
void main(async () => {
  const asked = process.argv.slice(2);
  const projects = asked.filter((suite) => suite !== "e2e");
  const reports = mkdtempSync(join(tmpdir(), "opttius-reports-"));
  try {
    const totals: Totals[] = [];
    if (asked.length === 0 || projects.length > 0) {
      totals.push(await guarded(() => runVitest(projects, join(reports, "vitest.json"))));
    }
    if (asked.length === 0 || asked.includes("e2e")) {
      totals.push(await guarded(() => runPlaywright(join(reports, "playwright.json"))));
    }
    const all = sum(totals);
    if (all.failed > 0 || all.passed === 0) process.exitCode = 1;
    say(`\n${totalsLine(all)}`);
  } finally {
    rmSync(reports, { recursive: true, force: true });
  }
});

/** A suite that could not even begin counts as a failure and does not keep the others from running. */
async function guarded(run: () => Promise<Totals>): Promise<Totals> {
  try {
    return await run();
  } catch (error) {
    say(`\n${(error as Error).message}`);
    return brokenSuite;
  }
}

async function runVitest(projects: string[], report: string): Promise<Totals> {
  const redis = await startRedis();
  if (redis) say("Rate limits are tested against this machine's Redis too.");
  else say("There is no redis-server on this machine: rate limits are tested in memory only.");
  try {
    const flags = projects.flatMap((project) => ["--project", project]);
    const code = await run(
      [
        "node_modules/vitest/vitest.mjs",
        "run",
        "--config",
        "tests/vitest.config.ts",
        ...flags,
        "--reporter=default",
        "--reporter=json",
        `--outputFile.json=${report}`,
      ],
      redis ? { TEST_REDIS_URL: redis.url } : {},
    );
    return agreeing(vitestTotals(report), code);
  } finally {
    await redis?.stop();
  }
}

async function runPlaywright(report: string): Promise<Totals> {
  const browser = findBrowser();
  say(`Browser tests run in ${browser}`);
  const demo = await startDemo();
  try {
    const code = await run(
      [
        "node_modules/@playwright/test/cli.js",
        "test",
        "--config",
        "tests/playwright.config.ts",
        "--reporter=list,json",
      ],
      {
        ...demo.environment,
        CHROMIUM_PATH: browser,
        PLAYWRIGHT_JSON_OUTPUT_NAME: report,
      },
    );
    return agreeing(playwrightTotals(report), code);
  } finally {
    await demo.stop();
  }
}

/** A runner that reports no failure and yet ends with one (an error outside any test) failed. */
function agreeing(totals: Totals, code: number): Totals {
  return code !== 0 && totals.failed === 0 ? { ...totals, failed: 1 } : totals;
}

function run(args: string[], env: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: "inherit",
    });
    const release = endWithUs(child.pid ?? 0, "TERM");
    child.once("error", reject);
    child.once("exit", (code) => {
      release();
      resolve(code ?? 1);
    });
  });
}
