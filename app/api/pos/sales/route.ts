import { newSale, recordSale } from "@/lib/sales";
import { callerRoute, idempotencyKey, jsonBody } from "@/lib/security/route";

/** Records a sale. A route and no action, so that a till may send again under the same key after the line dropped. */
export const POST = callerRoute(async (caller, request) => {
  const key = idempotencyKey(request);
  const sale = await jsonBody(request, newSale);
  return { status: 201, body: await recordSale(caller, sale, key) };
});
