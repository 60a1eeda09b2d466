import "server-only";
import type { Pool } from "pg";
import { env } from "@/lib/env";
import type { DatabaseNaming } from "@/lib/errors";
import { createPool } from "./pool";
import { transaction, type Work } from "./transaction";

let privileged: Pool | undefined;

/** Connections of the migration role, which row level security does not bind. Importable from a short list only. */
export function servicePool(): Pool {
  privileged ??= createPool(env.DATABASE_URL, { max: 8, statementMs: 60_000 });
  return privileged;
}

/** One transaction outside the tenant wall: the caller names the organization in every statement. */
export function asService<T>(work: Work<T>, naming?: DatabaseNaming): Promise<T> {
  return transaction(servicePool(), () => Promise.resolve(), work, naming);
}
