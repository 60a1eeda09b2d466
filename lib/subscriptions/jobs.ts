import "server-only";
import { z } from "zod";
import { defineJob, type Job } from "@/lib/jobs/job";
import { log } from "@/lib/log";
import { type AsService, advanceSubscriptions } from "./advance-subscriptions";

/** The life of subscriptions by the clock. */
export const subscriptionJobs = (asService: AsService): readonly Job[] => [
  defineJob({
    name: "subscriptions.advance",
    payload: z.object({}),
    schedule: "* * * * *",
    // idempotent: a step is refused when the state changed meanwhile; unique (subscription, mail, period)
    async run() {
      const advance = await advanceSubscriptions(asService);
      if (advance.moved + advance.held > 0) log.info(advance, "subscriptions went on");
    },
  }),
];
