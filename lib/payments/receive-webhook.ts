import "server-only";
import { servicePool } from "@/lib/db/service";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { clientAddress } from "@/lib/security/client-address";
import type { Gateways } from "./factory";
import { createFloodGuard } from "./flood-guard";
import type { Reference } from "./gateway";
import { storeNotice } from "./inbox";

/** No gateway sends more than a few kilobytes. */
export const MAX_WEBHOOK_BYTES = 256 * 1024;

/** Of what nobody signed this much is kept: its name stands beside it, and the rest is anybody's words. */
const KEPT_OF_A_HINT_BYTES = 4 * 1024;
/** Hints about one name within this time are one notice. */
const ONE_HINT_IN_MS = 15_000;

/**
 * What one caller's forgeries may cost in a minute, here and at a gateway. Nobody genuine is refused by it: most proofs
 * are judged by what we hold, and where a gateway would have to be asked the notice is to come again.
 */
const isRecorded = createFloodGuard(30);
const isAskedAbout = createFloodGuard(30);

/** Headers worth keeping as evidence; the rest (cookies of a forger, proxies) is nobody's business. */
const KEPT_HEADERS = [
  "content-type",
  "user-agent",
  "x-signature",
  "x-request-id",
  "paypal-transmission-id",
  "paypal-auth-algo",
];

/** A notice as it arrived at the edge. */
export interface ArrivedNotice {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly rawBody: Uint8Array;
  readonly traceId: string;
}

/**
 * Takes a gateway's notice in: proof on the raw bytes, one row, committed. What it says is not believed here;
 * the worker asks the gateway.
 *
 * @throws AppError `not_found` unknown gateway, `payment.gateway_off`, `input.malformed`, `webhook.not_authentic`,
 *   `server.unavailable` when it could not be stored or judged, so that the gateway sends it again
 */
export async function receiveWebhook(
  gateways: Gateways,
  gatewayId: string,
  arrived: ArrivedNotice,
): Promise<void> {
  const found = gateways.find(gatewayId);
  if (found.state === "unknown") throw new AppError("not_found");
  if (found.state === "off") throw new AppError("payment.gateway_off", { gateway: gatewayId });
  const caller = `${gatewayId} ${clientAddress(arrived.headers)}`;
  const verification = await found.gateway.verifyWebhook({ ...arrived, mayAsk: () => isAskedAbout(caller) });
  if (verification.verdict === "rejected") {
    if (verification.reason === "malformed") throw new AppError("input.malformed");
    // No forgery is counted: the gateway could not be asked about its own signature, or this caller asks too much of it.
    if (verification.reason === "unanswered") throw new AppError("server.unavailable");
    if (isRecorded(caller)) await recordForgery(gatewayId, arrived.traceId);
    throw new AppError("webhook.not_authentic");
  }
  const { dedupeKey, kind, ref } = verification.notice;
  const isSigned = verification.verdict === "authentic";
  try {
    await storeNotice({
      gateway: gatewayId,
      eventKey: isSigned ? dedupeKey : hintKey(ref),
      kind,
      reference: ref,
      payload: isSigned ? arrived.rawBody : arrived.rawBody.subarray(0, KEPT_OF_A_HINT_BYTES),
      headers: keptHeaders(arrived.headers),
      verifiedBy: isSigned ? "signature" : "hint",
      traceId: arrived.traceId,
    });
  } catch (cause) {
    // Whatever the reason: not stored is not received.
    throw new AppError("server.unavailable", {}, { cause });
  }
}

function hintKey(reference: Reference | null): string | null {
  return reference && `hint:${reference.kind}:${reference.value}:${Math.floor(Date.now() / ONE_HINT_IN_MS)}`;
}

function keptHeaders(headers: Headers): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of KEPT_HEADERS) {
    const value = headers.get(name);
    if (value !== null) kept[name] = value.slice(0, 500);
  }
  return kept;
}

/** Leaves no notice, but a trace: several in a row are an attack, and more of them tell nothing new. */
async function recordForgery(gateway: string, traceId: string): Promise<void> {
  log.warn({ gateway, traceId }, "a notice was not authentic");
  const recorded = servicePool().query(
    `with counted as (select private.count_payment_event('webhook_refused', $1))
     select private.record_security_event('webhook.not_authentic', 'warning', $1, null, jsonb_build_object('traceId', $2::text)) from counted`,
    [gateway, traceId],
  );
  // The refusal stands whether or not it could be written down; the log has it.
  await recorded.catch((error: unknown) => log.error({ err: error, traceId }, "a forgery was not recorded"));
}
