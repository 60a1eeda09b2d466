import { publicRoute } from "@/lib/security/route";

/** This process runs and answers. Asks nobody else: a database that is down is no reason to kill it. */
export const GET = publicRoute(async () => ({ body: { status: "ok" } }));
