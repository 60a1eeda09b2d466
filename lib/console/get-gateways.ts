import "server-only";
import { sql } from "@/lib/db";
import type { GatewayMode } from "@/lib/payments/gateway-catalogue";
import type { Caller } from "@/lib/security/session";

/** What the console has stored about gateways: everything but the secrets. Instants are ISO texts. */
export interface StoredGateways {
  readonly sets: readonly {
    readonly gateway: string;
    readonly mode: GatewayMode;
    /** The end of each secret, by its name. */
    readonly hints: Readonly<Record<string, string>>;
    readonly changedAt: string;
    readonly changedBy: string | null;
  }[];
  readonly switches: readonly {
    readonly gateway: string;
    /** Null: the environment decides. */
    readonly mode: GatewayMode | null;
    readonly paused: boolean;
    readonly changedAt: string;
    readonly changedBy: string | null;
  }[];
  /** When each last answered, to whichever process, and how many payments are open in each of its worlds. */
  readonly heard: readonly {
    readonly gateway: string;
    readonly answeredAt: string | null;
    readonly openTest: number;
    readonly openLive: number;
  }[];
  readonly changes: readonly {
    readonly id: number;
    readonly at: string;
    readonly kind: string;
    readonly gateway: string;
    readonly details: {
      readonly by?: string | null;
      readonly mode?: string | readonly (string | null)[] | null;
      readonly reason?: string;
    };
  }[];
}

/** An invariant as it stood at the last look. */
export interface InvariantRow {
  readonly name: string;
  readonly violations: number;
  readonly sample: string | null;
  readonly checked_at: Date;
}

/** @throws AppError `access.forbidden`, `access.step_up_required` */
export function getStoredGateways(staff: Caller): Promise<StoredGateways> {
  return staff.transaction(async (db) => {
    const { rows } = await sql<{
      stored: StoredGateways;
    }>`select private.console_gateways() as stored`.execute(db);
    const [row] = rows;
    if (!row) throw new Error("console_gateways answered nothing");
    return row.stored;
  });
}

/** What must always be true, and whether it is. @throws AppError `access.forbidden`, `access.step_up_required` */
export function listInvariants(staff: Caller): Promise<readonly InvariantRow[]> {
  return staff.transaction(async (db) => {
    const { rows } = await sql<InvariantRow>`select * from private.console_invariants()`.execute(db);
    return rows;
  });
}
