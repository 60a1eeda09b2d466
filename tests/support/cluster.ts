import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import type { TestProject } from "vitest/node";
import { migrate } from "@/lib/db/migrate";
import { freePort } from "@/scripts/services/ports";
import { type Postgres, startPostgres } from "@/scripts/services/postgres";
import { prepareLikeSupabase } from "@/scripts/services/supabase-roles";
import { temporaryDirectory } from "@/scripts/services/temporary-directory";

/** What a test needs to reach the run's Postgres. */
export type Cluster = {
  port: number;
  /** One password for every role; the server listens on the loopback only and lives as long as the run. */
  password: string;
  /** Name of the migrated database that each test file copies. */
  template: string;
};

declare module "vitest" {
  interface ProvidedContext {
    cluster: Cluster;
  }
}

type Running = { cluster: Cluster; postgres: Postgres; directory: string };

// Each project loads this file for itself; the server is one for all of them.
const shared = globalThis as typeof globalThis & {
  opttiusCluster?: { running: Promise<Running>; users: number };
};

/** Starts the run's Postgres (once, whatever the number of projects) and migrates the template. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  shared.opttiusCluster ??= { running: start(), users: 0 };
  const mine = shared.opttiusCluster;
  mine.users += 1;
  const { cluster, postgres, directory } = await mine.running;
  project.provide("cluster", cluster);

  return async () => {
    mine.users -= 1;
    if (mine.users > 0) return;
    delete shared.opttiusCluster;
    await postgres.stop();
    rmSync(directory, { recursive: true, force: true });
  };
}

async function start(): Promise<Running> {
  const directory = temporaryDirectory("test");
  const password = randomBytes(12).toString("hex");
  const postgres = await startPostgres({
    directory: join(directory, "pg"),
    port: await freePort(),
    password,
    durable: false,
  });
  const cluster = { port: postgres.port, password, template: "opttius_template" };
  try {
    await withClient(postgres.superuserUrl(), (client) =>
      client.query(`create database ${cluster.template}`),
    );
    await withClient(postgres.superuserUrl(cluster.template), (client) =>
      prepareLikeSupabase(client, { owner: password, auth: password }),
    );
    await migrate(
      address(cluster, "opttius_owner", cluster.template),
      join(import.meta.dirname, "../../supabase/migrations"),
    );
    await withClient(postgres.superuserUrl(cluster.template), async (client) => {
      const { rowCount } = await client.query("select from pg_roles where rolname = 'app_login'");
      if (rowCount) await client.query(`alter role app_login password '${password}'`);
    });
  } catch (error) {
    await postgres.stop();
    rmSync(directory, { recursive: true, force: true });
    throw error;
  }
  return { cluster, postgres, directory };
}

/** Address of a database of the run's Postgres for one of its roles. */
export function address(cluster: Cluster, role: string, database: string): string {
  return `postgres://${role}:${cluster.password}@127.0.0.1:${cluster.port}/${database}`;
}

async function withClient(url: string, work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
