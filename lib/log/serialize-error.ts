/** How many causes of an error are followed. */
const CAUSES = 4;

/**
 * Writes an error for the log: what, where, why. Leaves out what Postgres adds in `detail`, `where` and
 * `parameters`, because those repeat the row: names, RUTs, amounts.
 */
export function serializeError(error: unknown, depth = 0): Record<string, unknown> {
  if (!(error instanceof Error))
    return { message: typeof error === "string" ? error : `thrown: ${typeof error}` };
  const code: unknown = Reflect.get(error, "code");
  const constraint: unknown = Reflect.get(error, "constraint");
  return {
    type: error.name,
    message: error.message,
    ...(typeof code === "string" && { code }),
    ...(typeof constraint === "string" && { constraint }),
    stack: error.stack,
    ...(error.cause !== undefined && depth < CAUSES && { cause: serializeError(error.cause, depth + 1) }),
  };
}
