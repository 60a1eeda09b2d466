import { startWorker } from "@/lib/wiring/worker";

// npm run worker: gateway notices, mails, sweeps. Everything it needs comes from the environment.

const GIVE_UP_AFTER_MS = 25_000;

async function main(): Promise<void> {
  const worker = await startWorker();
  let stopping = false;
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1); // asked twice: now
      stopping = true;
      setTimeout(() => process.exit(1), GIVE_UP_AFTER_MS).unref();
      worker.stop().then(
        () => process.exit(0),
        (error: unknown) => fail(error),
      );
    });
  }
}

function fail(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
}

main().catch(fail);
