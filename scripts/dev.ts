import { join } from "node:path";
import { script } from "./launcher/script";
import { appPort, requirePort, startServices } from "./launcher/services";
import { runUntilStopped } from "./launcher/session";
import { main, say } from "./launcher/terminal";

// npm run dev: the services, the worker, and the application as it is being written.
void main(() =>
  runUntilStopped(async (dataDirectory, supervisor) => {
    const port = appPort();
    await requirePort(port, "npm run dev");
    const environment = await startServices(dataDirectory, supervisor);
    const env: NodeJS.ProcessEnv = {
      ...process.env,
      ...environment,
      NODE_ENV: "development",
      NEXT_TELEMETRY_DISABLED: "1",
    };
    await supervisor.start({ name: "worker", args: script("worker.ts"), env });
    say(
      `\n  Mail ${environment["MAIL_URL"]}   Password of everybody in the cast: ${environment["DEMO_PASSWORD"]}\n`,
    );
    await supervisor.start({
      name: "app",
      args: [
        join(import.meta.dirname, "../node_modules/next/dist/bin/next"),
        "dev",
        "--hostname",
        "127.0.0.1",
        "--port",
        String(port),
      ],
      env,
      readyUrl: `http://127.0.0.1:${port}/api/health/live`,
      onTerminal: true,
    });
  }),
);
