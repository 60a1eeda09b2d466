// First: it stands in for the framework that everything below loads.
import "@/tests/fixtures/at-work";

import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { type Limit, limit } from "@/lib/security/rate-limit";
import { atWork } from "@/tests/fixtures/at-work";
import { mail } from "./entry";
import { countingPlaces, sites, type Trying } from "./rate-limits";
import { aWorld } from "./world";

let browsers = 0;

async function someoneTrying(): Promise<Trying> {
  const world = await aWorld();
  const jar = new Map<string, string>();
  return {
    world,
    // The cast's addresses are the same in every world, and attempts at an account are counted by them.
    member: { ...(await atWork(world.vista.owner)), email: mail() },
    sessionId: randomUUID(),
    visitor: {
      address: `198.51.100.${++browsers}`,
      language: "es",
      cookies: {
        getAll: () => [...jar].map(([name, value]) => ({ name, value })),
        set: (name, value) => void jar.set(name, value),
      },
    },
  };
}

/** Uses up what is left of an allowance. @returns how many attempts that were */
async function useUp(allowance: Limit): Promise<number> {
  for (let used = 0; used <= allowance.max; used++) {
    const code = await limit(allowance).then(
      () => "",
      (error: unknown) => (error as { code: string }).code,
    );
    if (code === "rate.limited") return used;
  }
  throw new Error(`${allowance.name} has no end`);
}

test("every place that counts attempts is written down, with how to get there", () => {
  expect(countingPlaces()).toEqual(Object.keys(sites).sort());
});

describe.each(Object.entries(sites))("%s", (_place, { counted, attempt }) => {
  test.each(counted.map((allowance, n) => [n + 1, allowance] as const))(
    "refuses who has used allowance %i up",
    async (_n, allowance) => {
      const who = await someoneTrying();
      expect(await attempt(who)).not.toBe("rate.limited");
      expect(await useUp(allowance(who))).toBeGreaterThan(0);
      expect(await attempt(who)).toBe("rate.limited");
    },
  );
});
