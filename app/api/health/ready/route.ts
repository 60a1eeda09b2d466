import { isOperator } from "@/lib/security/operator";
import { publicRoute } from "@/lib/security/route";
import { readiness } from "@/lib/wiring/probes";

/** Whether to send people here. Strangers learn yes or no; the operator's token adds the reasons. */
export const GET = publicRoute(async (request) => {
  const { ready, ...checks } = await readiness();
  const status = ready ? "ok" : "unavailable";
  return { status: ready ? 200 : 503, body: isOperator(request) ? { status, checks } : { status } };
});
