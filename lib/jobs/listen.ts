import "server-only";
import { Client } from "pg";
import { log } from "@/lib/log";

export interface Listener {
  stop(): Promise<void>;
}

const RECONNECT_MS = 2_000;

/**
 * Hears NOTIFY on some channels over a connection of its own, and connects again whenever it is lost. Every
 * channel is called after connecting, because what was said meanwhile went unheard.
 */
export function listen(connectionString: string, channels: Readonly<Record<string, () => void>>): Listener {
  let stopped = false;
  let current: Client | null = null;
  let timer: NodeJS.Timeout | undefined;

  function again(): void {
    if (stopped || timer) return;
    timer = setTimeout(() => {
      timer = undefined;
      void connect();
    }, RECONNECT_MS);
  }

  async function connect(): Promise<void> {
    const client = new Client({ connectionString, application_name: "opttius listener", keepAlive: true });
    client.on("error", (error) => log.warn({ err: error }, "the listening connection was lost"));
    client.on("end", again);
    client.on("notification", ({ channel }) => channels[channel]?.());
    try {
      await client.connect();
      current = client;
      for (const channel of Object.keys(channels))
        await client.query(`listen ${client.escapeIdentifier(channel)}`);
      for (const call of Object.values(channels)) call();
    } catch (error) {
      log.warn({ err: error }, "cannot listen for notifications; looking at intervals goes on");
      await client.end().catch(() => undefined);
      again();
    }
    if (stopped) await client.end().catch(() => undefined);
  }

  void connect();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await current?.end().catch(() => undefined);
    },
  };
}
