import { AppError } from "@/lib/errors";
import { requestIdOf } from "@/lib/log";
import { MAX_WEBHOOK_BYTES, receiveWebhook } from "@/lib/payments";
import { createFloodGuard } from "@/lib/payments/flood-guard";
import { clientAddress } from "@/lib/security/client-address";
import { limitedBytes, publicRoute } from "@/lib/security/route";
import { gateways } from "@/lib/wiring/gateways";

const allows = createFloodGuard(60_000);

/** Where gateways call: stored and committed, then 200. A duplicate answers 200 too, or it would come again. */
export const POST = publicRoute(async (request, { gateway = "" }) => {
  if (!allows(clientAddress(request.headers))) throw new AppError("rate.limited", { retryAfterSeconds: 60 });
  await receiveWebhook(gateways, gateway, {
    method: request.method,
    url: new URL(request.url),
    headers: request.headers,
    rawBody: await limitedBytes(request, MAX_WEBHOOK_BYTES),
    traceId: requestIdOf(request.headers),
  });
  return { body: { received: true } };
});
