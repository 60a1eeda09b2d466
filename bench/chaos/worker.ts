import { startWorker } from "@/lib/wiring/worker";

// A worker as in production that dies, without a word, the n-th time it comes to CHAOS_FAILPOINT.

const { CHAOS_FAILPOINT: failpoint, CHAOS_STEPS: steps = "25" } = process.env;
let left = 1 + Math.floor(Math.random() * Number(steps));

const worker = await startWorker({
  onStep(step) {
    if (step !== failpoint) return;
    left -= 1;
    if (left <= 0) process.kill(process.pid, "SIGKILL");
  },
});
process.once("SIGTERM", () => {
  worker.stop().then(
    () => process.exit(0),
    () => process.exit(1),
  );
});
process.send?.("ready");
