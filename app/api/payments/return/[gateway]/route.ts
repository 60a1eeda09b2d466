import type { NextRequest } from "next/server";
import { log, requestIdOf } from "@/lib/log";
import { type CameBack, comeBack } from "@/lib/payments";
import { limitedBytes, publicRoute } from "@/lib/security/route";
import { gateways } from "@/lib/wiring/gateways";

const MAX_FORM_BYTES = 16 * 1024;

/**
 * Where the browser comes back from a gateway, by GET or by a cross-site POST that carries no cookie. Shows the
 * way to the payment or renewal and grants nothing: the page behind it asks who is looking.
 */
const comeBackRoute = publicRoute(async (request, { gateway = "" }) => {
  const from = await findOrigin(request, gateway);
  const location = from === null ? "/billing" : `/billing?${from.kind}=${from.id}`;
  return new Response(null, {
    status: 303,
    headers: { location, "cache-control": "no-store", "referrer-policy": "no-referrer" },
  });
});

export { comeBackRoute as GET, comeBackRoute as POST };

/** A payer must not end on an error page for something that the billing page can tell just as well. */
async function findOrigin(request: NextRequest, gateway: string): Promise<CameBack | null> {
  const traceId = requestIdOf(request.headers);
  try {
    const body =
      request.method === "POST" ? (await limitedBytes(request, MAX_FORM_BYTES)).toString("utf8") : "";
    const returned = { method: request.method, url: new URL(request.url), form: new URLSearchParams(body) };
    return await comeBack(gateways, gateway, returned, traceId);
  } catch (error) {
    log.error({ err: error, traceId, gateway }, "a payer came back and could not be told about the payment");
    return null;
  }
}
