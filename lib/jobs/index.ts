export { failedJobs, tellOfFailedJobs } from "./failed-jobs";
export { defineJob, type Job, type JobContext } from "./job";
export { listen } from "./listen";
export { type Loop, startLoop } from "./loop";
export { drainOutbox, OUTBOX_CHANNEL, outboxWaiting, purgeOutbox } from "./outbox";
export { type Queue, startQueue } from "./queue";
