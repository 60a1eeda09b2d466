import { publicRoute } from "@/lib/security/route";
import { version } from "@/package.json";

export const GET = publicRoute(async () => ({ body: { name: "opttius", version } }));
