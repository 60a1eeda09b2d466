import "server-only";
import { z } from "zod";
import { asService } from "@/lib/db/service";
import { defineJob, type Job, purgeOutbox } from "@/lib/jobs";
import { alertJob, createMailJobs, receiptMailJob } from "@/lib/notifications";
import { paymentJobs, reconciliationJob } from "@/lib/payments/jobs";
import { securityJobs } from "@/lib/security/watch";
import { subscriptionJobs } from "@/lib/subscriptions";
import { gateways } from "./gateways";
import { mailFacts } from "./mail-facts";
import { printReceipt } from "./print-receipt";

/** Every job that a worker knows. */
export const jobs: readonly Job[] = [
  ...createMailJobs(mailFacts),
  receiptMailJob(printReceipt),
  alertJob,
  ...paymentJobs,
  ...subscriptionJobs(asService),
  ...securityJobs(asService),
  reconciliationJob(gateways),
  defineJob({
    name: "outbox.purge",
    payload: z.object({}),
    schedule: "43 7 * * *",
    run: () => purgeOutbox(), // idempotent: deletes by age
  }),
];
