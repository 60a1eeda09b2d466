import { database } from "@/tests/support/database";
import { row } from "./shops";

/** What each account holds of a shop, in minor units; accounts at zero are left out. */
export async function balancesOf(
  shop: { readonly id: string },
  currency = "CLP",
): Promise<Record<string, number>> {
  const { rows } = await database().owner.query<{ account: string; amount: number }>(
    `select account, sum(amount)::bigint as amount from private.ledger_entries where organization_id = $1 and currency = $2
     group by account having sum(amount) <> 0`,
    [shop.id, currency],
  );
  return Object.fromEntries(rows.map(({ account, amount }) => [account, amount]));
}

/** The kinds of what was posted about a payment, in order. */
export async function postingsOf(paymentId: string): Promise<string[]> {
  const { rows } = await database().owner.query<{ kind: string }>(
    "select kind from private.ledger_transactions where payment_id = $1 order by posted_at, kind",
    [paymentId],
  );
  return rows.map(({ kind }) => kind);
}

/** The names of the invariants that do not hold now. */
export async function brokenInvariants(): Promise<string[]> {
  const { names } = await row<{ names: string[] }>(
    "select coalesce(array_agg(distinct name order by name), '{}') as names from private.invariant_violations()",
  );
  return names;
}
