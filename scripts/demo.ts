import { join } from "node:path";
import { build } from "./launcher/build";
import { recordChild } from "./launcher/data-directory";
import { type Environment, wantsDemoData } from "./launcher/environment";
import { script } from "./launcher/script";
import { appPort, requirePort, startServices } from "./launcher/services";
import { runUntilStopped } from "./launcher/session";
import type { Supervisor } from "./launcher/supervisor";
import { main, say, step } from "./launcher/terminal";
import { end, endWithUs, signal } from "./services/processes";

const root = join(import.meta.dirname, "..");

// npm run demo: everything from nothing, the application built; `-- --reset` begins with new data.
void main(() =>
  runUntilStopped(async (dataDirectory, supervisor) => {
    const startedAt = performance.now();
    const port = appPort();
    await requirePort(port, "npm run demo");
    const environment = await startServices(dataDirectory, supervisor);
    await buildStoppably(dataDirectory, supervisor);
    await startApplication(environment, port, supervisor);
    printLogins(environment, dataDirectory, (performance.now() - startedAt) / 1000);
  }),
);

async function buildStoppably(dataDirectory: string, supervisor: Supervisor): Promise<void> {
  let release = () => undefined as void;
  const begun = (pid: number) => {
    recordChild(dataDirectory, "build", pid);
    release = endWithUs(-pid, "TERM");
    void supervisor.onStop(async () => {
      await end(-pid, "SIGTERM", 5_000);
      signal(-pid, "SIGKILL");
    });
  };
  await step(
    "Build",
    () => build(join(dataDirectory, "logs/build.log"), begun).finally(() => release()),
    (built) => (built ? "" : "up to date"),
  );
}

async function startApplication(
  environment: Environment,
  port: number,
  supervisor: Supervisor,
): Promise<void> {
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    ...environment,
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
  };
  await step("Worker", () => supervisor.start({ name: "worker", args: script("worker.ts"), env }));
  await step("Application", () =>
    supervisor.start({
      name: "app",
      args: [
        join(root, "node_modules/next/dist/bin/next"),
        "start",
        "--hostname",
        "127.0.0.1",
        "--port",
        String(port),
      ],
      env,
      readyUrl: `http://127.0.0.1:${port}/api/health/live`,
    }),
  );
}

function printLogins(environment: Environment, dataDirectory: string, seconds: number): void {
  say(`\n  Opttius is ready after ${seconds.toFixed(1)} s:  ${environment["APP_URL"]}`);
  if (wantsDemoData(process.env, process.argv))
    say(`
    owner@vista.test    Óptica Vista, tier pro      (also manager@, optometrist@, seller@, cashier@, workshop@)
    owner@lumina.test   Óptica Lumina, tier basic   (the same six)
    root@opttius.test   the console, with a second factor: ${environment["DEMO_TOTP_SECRET"]}
    password of all     ${environment["DEMO_PASSWORD"]}`);
  say(`
    mails               ${environment["MAIL_URL"]}
    payment gateways    ${environment["SANDBOX_URL"]}
    addresses, logs     ${join(dataDirectory, "demo.env")}, ${join(dataDirectory, "logs")}

  Ctrl-C stops all of it; the data stays for the next start (npm run demo -- --reset begins again).
`);
}
