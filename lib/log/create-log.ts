import { type DestinationStream, type Logger, pino, stdTimeFunctions } from "pino";
import { redact } from "./redaction";
import { serializeError } from "./serialize-error";

/** What a log can do. No child loggers: their bindings would pass the redaction by. */
export type Log = Pick<Logger, "fatal" | "error" | "warn" | "info" | "debug" | "trace" | "flush">;

/**
 * Makes a logger that writes one JSON line a record, without secrets.
 *
 * @param destination where the lines go; standard output unless a test wants to read them
 */
export function createLog(level: string, destination?: DestinationStream): Log {
  const options = {
    level,
    base: null, // host and process belong to whoever collects the lines
    timestamp: stdTimeFunctions.isoTime,
    serializers: { err: serializeError, error: serializeError },
    formatters: {
      level: (label: string) => ({ level: label }),
      log: redact,
    },
  };
  return destination ? pino(options, destination) : pino(options);
}
