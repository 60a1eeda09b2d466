import "server-only";
import { sql } from "@/lib/db";
import { asService } from "@/lib/db/service";
import { env, type Gateways as GatewaySettings } from "@/lib/env";
import { log } from "@/lib/log";
import { vault } from "@/lib/security/encryption";
import type { Standing } from "./factory";
import {
  addressOf,
  type Credentials,
  type GatewayId,
  type GatewayMode,
  isGatewayId,
  isReal,
  modeOfAddress,
  parseCredentials,
  withCredentials,
} from "./gateway-catalogue";

/** Postgres channel on which processes hear that somebody changed the gateways. */
export const GATEWAY_SETTINGS_CHANNEL = "gateway_settings";

/** The gateways as they are to be used now, and by whose word. */
export interface EffectiveSettings {
  readonly settings: GatewaySettings;
  readonly standings: ReadonlyMap<string, Standing>;
}

/** What a person said in the console about one gateway. */
interface Switch {
  readonly gateway: string;
  /** Null: the environment decides. */
  readonly mode: GatewayMode | null;
  readonly paused: boolean;
  /** The credentials of that mode, sealed. */
  readonly sealed: string | null;
}

const addresses: Readonly<Record<GatewayId, () => string>> = {
  flow: () => env.FLOW_API_URL,
  mercadopago: () => env.MERCADOPAGO_API_URL,
  paypal: () => env.PAYPAL_API_URL,
  nowpayments: () => env.NOWPAYMENTS_API_URL,
};

/** The gateways as the environment alone has them. */
export function environmentSettings(): EffectiveSettings {
  const standings = new Map<string, Standing>();
  for (const [id, settings] of Object.entries(env.gateways)) {
    if (!isGatewayId(id) || !settings) continue;
    standings.set(id, standingOf(id, environmentMode(id), "environment", false));
  }
  return { settings: env.gateways, standings };
}

/**
 * The gateways as the console and, where it says nothing, the environment have them.
 *
 * @throws whatever keeps the database from answering; a set that cannot be opened is logged and left out
 */
export async function effectiveSettings(): Promise<EffectiveSettings> {
  const base = environmentSettings();
  const standings = new Map(base.standings);
  let settings = base.settings;
  for (const one of await readSwitches()) {
    if (!isGatewayId(one.gateway)) continue;
    const opened = one.mode && one.sealed ? open(one.gateway, one.mode, one.sealed) : null;
    if (one.mode && opened) {
      settings = withCredentials(settings, one.gateway, gatewayAddress(one.gateway, one.mode), opened);
      standings.set(one.gateway, standingOf(one.gateway, one.mode, "console", one.paused));
    } else {
      const standing = standings.get(one.gateway);
      if (standing) standings.set(one.gateway, { ...standing, paused: one.paused });
    }
  }
  return { settings, standings };
}

/** Tells the database which gateways move no money, so that payments are marked when they are opened. */
export async function recordWorlds(standings: EffectiveSettings["standings"]): Promise<void> {
  const worlds = Object.fromEntries([...standings].map(([id, { testMode }]) => [id, testMode]));
  await asService((db) =>
    sql`select private.note_gateway_worlds(${JSON.stringify(worlds)}::jsonb)`.execute(db),
  );
}

/** Where a gateway is asked in a mode: see `addressOf`. */
export function gatewayAddress(id: GatewayId, mode: GatewayMode): string {
  return addressOf(id, mode, addresses[id]());
}

/** The mode in which the environment's own settings of a gateway are. */
export function environmentMode(id: GatewayId): GatewayMode {
  // Mercado Pago answers both worlds at one address; its oldest test credentials carry their name.
  if (id === "mercadopago" && env.gateways.mercadopago?.accessToken.startsWith("TEST-")) return "sandbox";
  return modeOfAddress(id, addresses[id]());
}

/** Whether a gateway is the real one in this installation, and no simulator that the environment names. */
export function isRealGateway(id: GatewayId): boolean {
  return isReal(id, addresses[id]());
}

/** Encrypts credentials for one gateway and mode; they open under no other. */
export function sealCredentials(id: GatewayId, mode: GatewayMode, credentials: Credentials): string {
  return vault().encrypt(JSON.stringify(credentials), contextOf(id, mode));
}

/** @throws Error when they were changed, moved, or sealed under another key */
export function openCredentials(id: GatewayId, mode: GatewayMode, sealed: string): Credentials {
  const parsed = parseCredentials(id, JSON.parse(vault().decrypt(sealed, contextOf(id, mode))));
  if (!parsed.success) throw new Error("the stored credentials are not those of this gateway");
  return parsed.data;
}

function contextOf(id: GatewayId, mode: GatewayMode): string {
  return `gateway:${id}:${mode}`;
}

function standingOf(id: GatewayId, mode: GatewayMode, source: Standing["source"], paused: boolean): Standing {
  return { mode, testMode: mode === "sandbox" || !isRealGateway(id), source, paused };
}

/** One broken set must not take the other gateways away; its own falls back to the environment, and people hear of it. */
function open(id: GatewayId, mode: GatewayMode, sealed: string): Credentials | null {
  try {
    return openCredentials(id, mode, sealed);
  } catch (error) {
    log.error({ err: error, gateway: id, mode }, "the stored credentials of a gateway cannot be opened");
    return null;
  }
}

function readSwitches(): Promise<readonly Switch[]> {
  return asService(async (db) => {
    const { rows } =
      await sql<Switch>`select gateway, mode, paused, sealed from private.gateways_in_force`.execute(db);
    return rows;
  });
}
