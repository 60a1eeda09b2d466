import "server-only";
import { sql } from "@/lib/db";
import { env, type Gateways as GatewaySettings } from "@/lib/env";
import { AppError } from "@/lib/errors";
import type { Gateway, SetupReport } from "@/lib/payments/gateway";
import {
  type Credentials,
  type GatewayId,
  type GatewayMode,
  parseCredentials,
  withCredentials,
} from "@/lib/payments/gateway-catalogue";
import {
  environmentMode,
  gatewayAddress,
  isRealGateway,
  openCredentials,
  sealCredentials,
} from "@/lib/payments/gateway-settings";
import type { Failure } from "@/lib/payments/outcome";
import type { Caller } from "@/lib/security/session";
import type { CredentialsInput, GatewayPause, ModeSwitch, StoredSet } from "./gateways-schema";

/** What the wiring knows and this does not: which adapters there are, and where we live. */
export interface ConfigurationSetting {
  readonly appUrl: string;
  /** An adapter with other settings, to be asked whether they are right; null where a secret is missing. */
  candidate(id: string, settings: GatewaySettings): Gateway | null;
  /** Has this process take the change at once; the others hear of it. */
  renew(): Promise<void>;
}

/** Shorter secrets would be half told by their end. */
const LONG_ENOUGH_FOR_A_HINT = 12;

/**
 * Stores credentials for one of a gateway's modes; a field left out keeps what is stored. Those in use are tried at
 * the gateway first.
 *
 * @throws AppError `input.invalid` a field is missing, and what `switchGateway` throws when the gateway refuses
 */
export async function saveCredentials(
  staff: Caller,
  { gateway, mode, given }: CredentialsInput,
  setting: ConfigurationSetting,
): Promise<void> {
  const stored = await storedSet(staff, gateway, mode);
  const known = stored.sealed === null ? {} : openCredentials(gateway, mode, stored.sealed);
  const parsed = parseCredentials(gateway, { ...known, ...given });
  if (!parsed.success) throw AppError.fromValidation(parsed.error);
  if (stored.inForce) await demandSetup(gateway, mode, parsed.data, setting);
  const sealed = sealCredentials(gateway, mode, parsed.data);
  await staff.transaction((db) =>
    sql`select private.console_save_gateway(${gateway}, ${mode}, ${sealed}, ${JSON.stringify(hintsOf(parsed.data))}::jsonb, ${stored.inForce})`.execute(
      db,
    ),
  );
  await setting.renew();
}

/**
 * Puts the stored credentials of a mode, or those of the environment, into use, after the gateway took them and
 * said that its notices arrive.
 *
 * @throws AppError `gateway.credentials_missing`, `gateway.credentials_refused`, `gateway.notices_missing`,
 *   `gateway.other_mode`, `gateway.not_reached`, `gateway.check_failed`; nothing has changed then
 */
export async function switchGateway(
  staff: Caller,
  { gateway, mode }: ModeSwitch,
  setting: ConfigurationSetting,
): Promise<void> {
  const to = mode === "environment" ? null : mode;
  const { sealed } = await storedSet(staff, gateway, to ?? "production");
  if (to !== null && sealed === null) throw new AppError("gateway.credentials_missing");
  const report =
    to === null || sealed === null
      ? await demandEnvironment(gateway, setting)
      : await demandSetup(gateway, to, openCredentials(gateway, to, sealed), setting);
  await staff.transaction((db) =>
    sql`select private.console_switch_gateway(${gateway}, ${to}, ${to && sealed}, ${JSON.stringify(report)}::jsonb)`.execute(
      db,
    ),
  );
  await setting.renew();
}

/**
 * Asks a gateway about stored credentials without putting them into use.
 *
 * @throws as `switchGateway`
 */
export async function checkCredentials(
  staff: Caller,
  { gateway, mode }: StoredSet,
  setting: ConfigurationSetting,
): Promise<SetupReport> {
  const { sealed } = await storedSet(staff, gateway, mode);
  if (sealed === null) throw new AppError("gateway.credentials_missing");
  return demandSetup(gateway, mode, openCredentials(gateway, mode, sealed), setting);
}

/** Forgets stored credentials. @throws AppError `gateway.in_use`, `gateway.credentials_missing` */
export async function forgetCredentials(staff: Caller, { gateway, mode }: StoredSet): Promise<void> {
  await staff.transaction((db) =>
    sql`select private.console_forget_gateway(${gateway}, ${mode})`.execute(db),
  );
}

/** Takes a gateway out of the checkouts or back in. @throws AppError `conflict` when it is so already */
export async function pauseGateway(
  staff: Caller,
  { gateway, paused, reason }: GatewayPause,
  setting: ConfigurationSetting,
): Promise<void> {
  await staff.transaction((db) =>
    sql`select private.console_pause_gateway(${gateway}, ${paused}, ${reason})`.execute(db),
  );
  await setting.renew();
}

/** Asks the database first: who may not write learns nothing of a gateway, and causes no call to one. */
async function storedSet(
  staff: Caller,
  gateway: GatewayId,
  mode: GatewayMode,
): Promise<{ sealed: string | null; inForce: boolean }> {
  return staff.transaction(async (db) => {
    const { rows } = await sql<{ sealed: string | null; inForce: boolean }>`
      select sealed, in_force as "inForce" from private.console_sealed_gateway(${gateway}, ${mode})`.execute(
      db,
    );
    return rows[0] ?? { sealed: null, inForce: false };
  });
}

function demandSetup(
  gateway: GatewayId,
  mode: GatewayMode,
  credentials: Credentials,
  setting: ConfigurationSetting,
): Promise<SetupReport> {
  const settings = withCredentials(env.gateways, gateway, gatewayAddress(gateway, mode), credentials);
  return ask(gateway, mode, setting.candidate(gateway, settings), setting);
}

function demandEnvironment(gateway: GatewayId, setting: ConfigurationSetting): Promise<SetupReport> {
  return ask(gateway, environmentMode(gateway), setting.candidate(gateway, env.gateways), setting);
}

async function ask(
  id: GatewayId,
  mode: GatewayMode,
  gateway: Gateway | null,
  { appUrl }: ConfigurationSetting,
): Promise<SetupReport> {
  if (!gateway) throw new AppError("gateway.credentials_missing");
  const outcome = await gateway.checkSetup(`${appUrl}/api/webhooks/${id}`);
  if (!outcome.ok) throw refusal(outcome.failure);
  const report = outcome.value;
  if (report.notices === "missing") throw new AppError("gateway.notices_missing");
  // A simulator is a sandbox whatever the mode is called; only the gateway itself can tell the two apart.
  if (isRealGateway(id) && report.testMode !== (mode === "sandbox")) throw new AppError("gateway.other_mode");
  return report;
}

function refusal({ kind, code, detail }: Failure): AppError {
  const reason = `${code} ${detail}`.trim().slice(0, 200);
  if (kind === "auth") return new AppError("gateway.credentials_refused", { reason });
  if (kind === "unavailable" || kind === "unknown-outcome" || kind === "rate-limited")
    return new AppError("gateway.not_reached", { reason });
  return new AppError("gateway.check_failed", { reason });
}

function hintsOf(credentials: Credentials): Record<string, string> {
  return Object.fromEntries(
    Object.entries(credentials).map(([name, value]) => [
      name,
      value.length >= LONG_ENOUGH_FOR_A_HINT ? value.slice(-4) : "",
    ]),
  );
}
