import { AppError } from "@/lib/errors";
import { isOperator } from "@/lib/security/operator";
import { publicRoute } from "@/lib/security/route";
import { metrics } from "@/lib/wiring/probes";

/** For Prometheus. Without the token there is nothing here. */
export const GET = publicRoute(async (request) => {
  if (!isOperator(request)) throw new AppError("not_found");
  return new Response(await metrics(), {
    headers: { "content-type": "text/plain; version=0.0.4; charset=utf-8", "cache-control": "no-store" },
  });
});
