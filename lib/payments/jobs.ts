import "server-only";
import { z } from "zod";
import { defineJob } from "@/lib/jobs/job";
import { log } from "@/lib/log";
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
      if (swept.asked + swept.begun > 0) log.info(swept, "payments were swept");
    },
  }),
  defineJob({
    name: "payments.purge",
    payload: z.object({}),
    schedule: "17 7 * * *",
    // idempotent: a payload is emptied once
    async run() {
      log.info({ purged: await purgeNoticePayloads() }, "old notices lost their payloads");
    },
  }),
];
