import { type DestinationStream, type Logger, pino, stdTimeFunctions } from "pino";
import { redact } from "./redaction";
import { serializeError } from "./serialize-error";

/**
 * Makes a logger that writes one JSON line a record, without secrets.
 *
 * @param destination where the lines go; standard output unless a test wants to read them
 */
export function createLog(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null, // host and process belong to whoever collects the lines
    timestamp: stdTimeFunctions.isoTime,
    serializers: { err: serializeError, error: serializeError },
    formatters: {
      level: (label: string) => ({ level: label }),
      log: redact,
      bindings: redact,
    },
  };
  return destination ? pino(options, destination) : pino(options);
}
