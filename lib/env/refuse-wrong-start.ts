import { writeSync } from "node:fs";
import { checkEnv, EnvironmentError } from "./read-env";

/**
 * Ends the process when its configuration is wrong, with a list of what to set: a server that came up half would
 * fail whoever comes first.
 */
export function refuseWrongStart(): void {
  try {
    checkEnv(process.env);
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    // Written at once and as it is: the log may be among what is not configured.
    writeSync(process.stderr.fd, `${error.message}\n`);
    process.exit(1);
  }
}
