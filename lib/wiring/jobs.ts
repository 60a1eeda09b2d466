import "server-only";
import { z } from "zod";
import { defineJob, type Job, purgeOutbox } from "@/lib/jobs";
import { alertJob, createMailJobs } from "@/lib/notifications";
import { paymentJobs } from "@/lib/payments/jobs";
import { mailFacts } from "./mail-facts";

/** Every job that a worker knows. */
export const jobs: readonly Job[] = [
  ...createMailJobs(mailFacts),
  alertJob,
  ...paymentJobs,
  defineJob({
    name: "outbox.purge",
    payload: z.object({}),
    schedule: "43 7 * * *",
    run: () => purgeOutbox(), // idempotent: deletes by age
  }),
];
