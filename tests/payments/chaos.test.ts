import { expect, test } from "vitest";
import { chaosGateways } from "@/bench/chaos/gateways";
import { playChaos } from "@/bench/chaos/story";
import { judge } from "@/bench/chaos/verdict";
import { database } from "@/tests/support/database";
import { chaosArena } from "./support/chaos-arena";

// A bad afternoon in short; `npm run bench -- chaos` plays the long one on the whole product.

const chaos = chaosArena();
const PAYMENTS = 80;

test("loses nothing, doubles nothing and believes no forgery, whatever fails and whoever dies", {
  timeout: 240_000,
}, async () => {
  const played = await playChaos(await chaos.arena(), {
    payments: PAYMENTS,
    crashes: 2,
    kills: 3,
    shootAfterMs: 2_000,
    hangingMs: 7_000,
    settleWithinMs: 120_000,
  });
  const verdict = await judge(database().owner, chaos.sandboxUrl, chaosGateways, played.fates);
  // Checkouts that were given up stand in our books too.
  expect(verdict.settled).toBeGreaterThanOrEqual(PAYMENTS);
  expect({ ...verdict, settled: 0 }).toEqual({
    settled: 0,
    lost: 0,
    forged: 0,
    doubled: 0,
    stuck: 0,
    unbalanced: 0,
    wrongAccess: 0,
    brokenAudits: 0,
    examples: [],
  });
  // It was a bad afternoon indeed.
  expect(played.crashes).toBe(2);
  expect(played.forged).toBeGreaterThan(0);
  expect(Object.values(played.workersKilled).reduce((sum, n) => sum + n, 0)).toBeGreaterThanOrEqual(3);
});
