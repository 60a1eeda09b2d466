import type { z } from "zod";

export interface JobContext {
  /** The same for every try of one job: an idempotency key for the outside world. */
  readonly id: string;
  /** Aborted when the worker stops or the job has run too long. */
  readonly signal: AbortSignal;
}

interface JobDeclaration<Payload extends z.ZodType> {
  readonly name: string;
  readonly payload: Payload;
  /** Safe to run twice with one payload; the declaration says why. */
  run(payload: z.output<Payload>, context: JobContext): Promise<void>;
  /** Cron expression in UTC, for jobs that come by the clock. */
  readonly schedule?: string;
  /** Set for payloads that hold a secret: they are deleted as soon as the job is done. */
  readonly secret?: true;
}

/** A job as the runner knows it: its payload is checked when it runs. */
export interface Job {
  readonly name: string;
  readonly schedule: string | null;
  readonly isSecret: boolean;
  run(payload: unknown, context: JobContext): Promise<void>;
}

/** Declares a job: a name, the shape of its payload, and the verb that a person would call. */
export function defineJob<Payload extends z.ZodType>(declaration: JobDeclaration<Payload>): Job {
  return {
    name: declaration.name,
    schedule: declaration.schedule ?? null,
    isSecret: declaration.secret ?? false,
    run: (payload, context) => declaration.run(declaration.payload.parse(payload), context),
  };
}
