import { randomUUID } from "node:crypto";
import { env } from "@/lib/env";
import { newRefund, requestRefund } from "@/lib/payments";
import { idempotencyKey, jsonBody, platformRoute } from "@/lib/security/route";
import { gateways } from "@/lib/wiring/gateways";

/** Orders a refund, for platform staff. Accepted, not done: the payer or the gateway may still have a say. */
export const POST = platformRoute(async (staff, request, { paymentId = "" }) => {
  const key = request.headers.has("idempotency-key") ? idempotencyKey(request) : randomUUID();
  const input = await jsonBody(request, newRefund);
  return {
    status: 202,
    body: await requestRefund(staff, paymentId, input, key, { gateways, appUrl: env.APP_URL }),
  };
});
