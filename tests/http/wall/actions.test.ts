// First: it stands in for the framework that everything below loads.
import "@/tests/fixtures/at-work";

import { expect, test } from "vitest";
import { signIn } from "@/tests/fixtures/at-work";
import { actions } from "./actions";
import { isAction } from "./browser";
import { actionEntrances, hiddenActions } from "./entrances";
import { type Outcome, outcomeOfAction } from "./outcome";
import { besiege } from "./siege";
import { aWorld, unknownIds } from "./world";

const entrances = new Map((await actionEntrances()).map(({ name, run }) => [name, run]));

function call(name: string, values: readonly unknown[]): Promise<Outcome> {
  const run: unknown = entrances.get(name);
  if (!isAction(run)) throw new Error(`${name} is no action any more`);
  return outcomeOfAction(() => run(...values));
}

test("every server action is written down, and whom it is for", () => {
  expect([...entrances.keys()].sort()).toEqual(Object.keys(actions).sort());
  expect(hiddenActions()).toEqual([]);
});

test.each(Object.entries(actions))("%s keeps neighbours and strangers out", async (name, entrance) => {
  expect(await besiege(await aWorld(), entrance, (ids) => call(name, entrance.send(ids)))).toEqual([]);
});

// A browser may send an action anything, not only what its form has.
test.each(Object.entries(actions))("%s answers nonsense with a problem", async (name, entrance) => {
  const { vista, staff } = await aWorld();
  const usual = entrance.send(unknownIds());
  for (const odd of [
    null,
    undefined,
    7,
    "x",
    [],
    { id: { toString: "x" } },
    new FormData(),
    "\u0000".repeat(9),
  ]) {
    await signIn(entrance.access.for === "platform" ? staff : vista.owner);
    const outcome = await call(name, usual.length > 1 ? [null, odd] : usual.map(() => odd));
    expect(outcome.faults, JSON.stringify(odd)).toEqual([]);
  }
});
