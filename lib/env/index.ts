import "server-only";
import * as reader from "./read-env";

export type { Gateways } from "./gateways";
export { type Env, EnvironmentError } from "./read-env";

/** The configuration of this process; the only reader of `process.env` in the application. */
export const env = reader.readEnv(process.env);

/**
 * Refuses to start half configured: call once when a server or worker starts.
 *
 * @throws EnvironmentError naming every variable that is missing or wrong, with the way out
 */
export function checkEnv(): void {
  reader.checkEnv(process.env);
}
