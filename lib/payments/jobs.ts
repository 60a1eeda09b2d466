import "server-only";
import { z } from "zod";
import { defineJob, type Job } from "@/lib/jobs/job";
import { log } from "@/lib/log";
import { askToCancelAutoRenewal } from "./change-auto-renewal";
import type { Gateways } from "./factory";
import { checkInvariants, verifyAuditTrails } from "./invariants";
import { reconcileGateways } from "./reconcile";
import { purgeNoticePayloads, sweepPayments } from "./sweep";

/** Flow promises no repeat of a lost callback: this is what delivers it. */
export const paymentJobs = [
  defineJob({
    name: "payments.sweep",
    payload: z.object({}),
    schedule: "* * * * *",
    // idempotent: unique (gateway, event_key) for each payment and age bucket
    async run() {
      const swept = await sweepPayments();
      if (swept.asked + swept.begun + swept.letGo > 0) log.info(swept, "payments were swept");
    },
  }),
  defineJob({
    name: "payments.cancel_auto_renewal",
    payload: z.object({ organizationId: z.uuid(), autoRenewalId: z.uuid() }),
    // idempotent: the wish is noted once, and asks the gateway through the inbox under one key
    run: ({ organizationId, autoRenewalId }) => askToCancelAutoRenewal(organizationId, autoRenewalId),
  }),
  defineJob({
    name: "payments.invariants",
    payload: z.object({}),
    schedule: "*/10 * * * *",
    // idempotent: looks, and alerts once for each violation
    async run() {
      for (const broken of await checkInvariants()) log.error(broken, "an invariant does not hold");
    },
  }),
  defineJob({
    name: "audit.verify",
    payload: z.object({}),
    schedule: "5-59/10 * * * *",
    // idempotent: reads on from where it stopped
    run: verifyAuditTrails,
  }),
  defineJob({
    name: "payments.purge",
    payload: z.object({}),
    schedule: "17 7 * * *",
    // idempotent: a payload is emptied once, a notice deleted once
    async run() {
      log.info({ purged: await purgeNoticePayloads() }, "old notices lost their payloads or went");
    },
  }),
];

/** Compares what the gateways hold for us with what we say, in the small hours of Chile. */
export function reconciliationJob(gateways: Gateways): Job {
  return defineJob({
    name: "payments.reconcile",
    payload: z.object({}),
    schedule: "23 6 * * *",
    // idempotent: a later run replaces what an earlier one found of a day
    async run() {
      await reconcileGateways(gateways, new Date());
    },
  });
}
