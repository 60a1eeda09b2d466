import { beforeEach, describe, expect, test } from "vitest";
import { auditQuery, listEntries } from "@/lib/audit";
import { archiveProducts, listProductIds, productsOfAddress, restoreProducts } from "@/lib/catalog";
import {
  archiveCustomers,
  createCustomer,
  customersOfAddress,
  listCustomerIds,
  newCustomer,
  restoreCustomers,
} from "@/lib/customers";
import { getUsage } from "@/lib/organizations";
import type { Member } from "@/lib/security/member";
import { committed, database, type Shop, twoShops } from "@/tests/fixtures";
import { atWork } from "@/tests/fixtures/at-work";

let vista: Shop;
let lumina: Shop;
let manager: Member;
beforeEach(async () => {
  ({ vista, lumina } = await committed(twoShops));
  manager = await atWork(vista.store_manager);
});

const customersAt = (query: string) => listCustomerIds(manager, customersOfAddress.parse({ query }));
const productsAt = (query: string) => listProductIds(manager, productsOfAddress.parse({ query }));
const aSoto = async (givenNames: string) =>
  (await createCustomer(manager, newCustomer.parse({ kind: "person", givenNames, surnames: "Soto Bravo" })))
    .id;

describe("several customers at once", () => {
  test("are those of the list's address, whatever page it stands on", async () => {
    const ids = [await aSoto("Ana"), await aSoto("Berta")];
    expect(await customersAt("q=soto+bravo&size=25&after=x&hide=rut")).toEqual(ids);
    expect(await customersAt("q=soto+bravo&state=archived")).toEqual([]);
    expect((await customersAt("")).length).toBe(3);
  });

  test("are put away and come back as they were; each stands in the trail", async () => {
    const ids = [await aSoto("Ana"), await aSoto("Berta"), await aSoto("Carla")];
    const before = (await getUsage(manager, "customers")).used;
    expect([...(await archiveCustomers(manager, ids.slice(0, 1)))]).toEqual(ids.slice(0, 1));
    // Undo must not bring back what was away before.
    expect(new Set(await archiveCustomers(manager, ids))).toEqual(new Set(ids.slice(1)));
    expect((await getUsage(manager, "customers")).used).toBe(before - 3);
    expect(await customersAt("q=soto+bravo")).toEqual([]);
    const { entries } = await listEntries(manager, auditQuery.parse({ object: "customers" }));
    const putAway = entries.filter(({ changes }) => "archived_at" in changes);
    expect(new Set(putAway.map(({ objectId }) => objectId))).toEqual(new Set(ids));
    expect(new Set(await restoreCustomers(manager, ids))).toEqual(new Set(ids));
    expect(await customersAt("q=soto+bravo")).toEqual(ids);
  });

  test("come back all or none where the plan has not room for all", async () => {
    const ids = [await aSoto("Ana"), await aSoto("Berta")];
    await archiveCustomers(manager, ids);
    await database().owner.query(
      "update public.usage_counters set max_count = n + 1 where organization_id = $1 and metric = 'customers'",
      [vista.id],
    );
    await expect(restoreCustomers(manager, ids)).rejects.toMatchObject({ code: "tier.limit_exceeded" });
    expect(await customersAt("q=soto+bravo&state=archived")).toEqual(ids);
  });

  test("are a thousand at once, with room to spare in the time of a statement", async () => {
    await database().owner.query(
      "update public.usage_counters set max_count = null where organization_id = $1 and metric = 'customers'",
      [vista.id],
    );
    await database().owner.query(
      `insert into public.customers (organization_id, given_names, surnames)
       select $1, 'Ana', 'Soto Bravo ' || n from generate_series(1, 1100) n`,
      [vista.id],
    );
    const ids = await customersAt("q=soto+bravo");
    expect(ids).toHaveLength(1_000);
    expect(await archiveCustomers(manager, ids)).toHaveLength(1_000);
    expect(await customersAt("q=soto+bravo")).toHaveLength(100);
  });

  test("of a neighbour are not touched, and look like some that never existed", async () => {
    expect(await archiveCustomers(manager, [lumina.customer, crypto.randomUUID()])).toEqual([]);
    const { rows } = await database().owner.query<{ archived_at: Date | null }>(
      "select archived_at from public.customers where id = $1",
      [lumina.customer],
    );
    expect(rows).toEqual([{ archived_at: null }]);
  });
});

describe("several products at once", () => {
  test("go off sale by the filter of their list, and back on", async () => {
    const frames = await productsAt("category=frame");
    expect(frames).toContain(vista.frame);
    expect(await archiveProducts(manager, frames)).toEqual(frames);
    expect(await productsAt("category=frame")).toEqual([]);
    expect(await productsAt("state=archived")).toEqual(frames);
    expect(await restoreProducts(manager, frames)).toEqual(frames);
  });

  test("are not a seller's to take off sale, nor a neighbour's", async () => {
    const seller = await atWork(vista.seller);
    await expect(archiveProducts(seller, [vista.frame])).rejects.toMatchObject({ code: "access.forbidden" });
    expect(await archiveProducts(manager, [lumina.frame])).toEqual([]);
  });
});
