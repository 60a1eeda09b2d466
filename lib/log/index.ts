import "server-only";
import { env } from "@/lib/env";
import { createLog } from "./create-log";

export type { Log } from "./create-log";
export { requestIdOf } from "./request-id";

/**
 * The log of this process. Say what happened to whom by id, never by name:
 * `log.warn({ requestId, paymentId }, "payment amount differs")`.
 */
export const log = createLog(env.LOG_LEVEL);
