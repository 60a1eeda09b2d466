import { control } from "@/scripts/sandbox/control";
import type { ChaosGateway } from "./gateways";

/**
 * What becomes of a checkout:
 *
 * - `pay`, and the gateway has all of it
 * - `reject`: the payer's bank says no
 * - `leave`: the payer goes away
 * - `short`: less arrives than was asked for; a person must look at it
 */
export type Fate = "pay" | "reject" | "leave" | "short";

/** The page of a checkout, and where the payer comes from. */
export interface Visit {
  readonly gateway: ChaosGateway;
  readonly sandboxUrl: string;
  readonly appUrl: string;
  readonly page: URL;
}

/** Four of five pay; few of the rest pay too little. */
export function randomFate(): Fate {
  const chance = Math.random();
  if (chance < 0.8) return "pay";
  if (chance < 0.88) return "reject";
  return chance < 0.98 ? "leave" : "short";
}

/** The payer makes up their mind on the hosted page; half of the browsers never come back to us. */
export async function decide(visit: Visit, fate: Fate): Promise<void> {
  const { gateway, sandboxUrl, page } = visit;
  if (fate === "short") return gateway.payShort(sandboxUrl, page);
  const form = new URLSearchParams(page.searchParams);
  form.set("action", gateway.buttons[fate]);
  const answer = await fetch(page, { method: "POST", body: form, redirect: "manual" });
  await answer.arrayBuffer();
  if (answer.status >= 400) throw new Error(`${gateway.id} answered ${answer.status} to ${fate}`);
  if (Math.random() < 0.5) await comeBack(visit, answer.headers.get("location"));
}

/** The browser comes back to us, as each gateway sends it; what it meets there is its own affair. */
async function comeBack({ gateway, page, appUrl }: Visit, location: string | null): Promise<void> {
  const back =
    gateway.id === "flow"
      ? fetch(`${appUrl}/api/payments/return/flow`, {
          method: "POST",
          body: new URLSearchParams({ token: page.searchParams.get("token") ?? "" }),
          redirect: "manual",
        })
      : location && fetch(location, { redirect: "manual" });
  if (back) await back.then((answer) => answer.arrayBuffer()).catch(() => undefined);
}

/** Sends what forgers would send about this checkout. @returns how many were sent */
export async function attack({ gateway, sandboxUrl, appUrl, page }: Visit): Promise<number> {
  const forgeries = await gateway.forge(sandboxUrl, page);
  for (const { headers, query = "", body } of forgeries) {
    const address = `${appUrl}/api/webhooks/${gateway.id}${query}`;
    // A database that is being crashed may refuse it; forgers do not care.
    await fetch(address, { method: "POST", headers, body }).then(
      (answer) => answer.arrayBuffer(),
      () => undefined,
    );
  }
  return forgeries.length;
}

/** Gateways with 8 % errors and 2 % that hang; notices shuffled, 30 % doubled, 5 % lost, 1 % forged. */
export async function misbehave(
  sandboxUrl: string,
  gateways: readonly ChaosGateway[],
  hangingMs: number,
): Promise<void> {
  for (const { id: gateway } of gateways) {
    const order = (what: "faults" | "callbacks", order: object) =>
      control(sandboxUrl, what, { gateway, ...order });
    // Each order is asked in turn: the later ones befall what the earlier ones left.
    await order("faults", { operation: "*", kind: "error500", rate: 0.08 });
    await order("faults", { operation: "*", kind: "timeout", rate: 0.02 / 0.92, ms: hangingMs });
    await order("callbacks", { mode: "duplicate", rate: 0.3, copies: 2 });
    await order("callbacks", { mode: "lost", rate: 0.05 / 0.7 });
    await order("callbacks", { mode: "forged", rate: 0.01 / 0.65 });
    await order("callbacks", { mode: "shuffle", ms: 2_000 });
  }
}
