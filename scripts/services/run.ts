import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type AuthOptions, startAuth } from "./auth";
import { type MailOptions, startMail } from "./mail";

type Service = { stop(): Promise<void> };

/** Where the payment gateways' stand-ins live. */
export const sandboxModule = join(import.meta.dirname, "../sandbox/server.ts");

// One embedded service in a process of its own: `run.ts <name>`, with its options as JSON in SERVICE_OPTIONS.
const starters: Record<string, (options: never) => Promise<Service>> = {
  auth: (options: AuthOptions) => startAuth(options),
  mail: (options: MailOptions) => startMail(options),
  sandbox: async (options: { port: number }) => {
    const module = (await import(pathToFileURL(sandboxModule).href)) as { startSandbox(options: { port: number }): Promise<Service> };
    return module.startSandbox(options);
  },
};

const name = process.argv[2] ?? "";
const start = starters[name];
if (!start || (name === "sandbox" && !existsSync(sandboxModule))) throw new Error(`There is no service ${name}`);

const service = await start(JSON.parse(process.env["SERVICE_OPTIONS"] ?? "{}") as never);
let stopping = false;
for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.on(signal, () => {
    if (stopping) return;
    stopping = true;
    service.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  });
}
