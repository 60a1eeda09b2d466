// One embedded service in a process of its own: `run.ts <name>`, with its options as JSON in SERVICE_OPTIONS.
type Start = (options: never) => Promise<{ stop(): Promise<void> }>;
const starters: Record<string, () => Promise<Start>> = {
  auth: async () => (await import("./auth")).startAuth,
  mail: async () => (await import("./mail")).startMail,
  sandbox: async () => (await import("../sandbox/server")).startSandbox,
};

const name = process.argv[2] ?? "";
const starter = starters[name];
if (!starter) throw new Error(`There is no service ${name}`);
const start = await starter();
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
