import { describe, expect, test } from "vitest";
import { z } from "zod";
import {
  chosenIds,
  cutPage,
  edgeOf,
  movingPlace,
  numberedPage,
  pageOrFirst,
  place,
  stretch,
} from "@/lib/paging";

const row = (id: string) => ({ id });
const found = (...ids: string[]) => ids.map(row);
const from = { after: null, before: null, size: 2 };

describe("a page that goes on from a row", () => {
  test("is cut to its length, and knows that more follow", () => {
    expect(cutPage(found("a", "b", "c"), from)).toEqual({ rows: found("a", "b"), previous: null, next: "b" });
  });

  test("knows the way back once it began somewhere, and ends where nothing follows", () => {
    expect(cutPage(found("c"), { ...from, after: "b" })).toEqual({
      rows: found("c"),
      previous: "c",
      next: null,
    });
  });

  test("read backwards stands in the order of the list", () => {
    expect(cutPage(found("d", "c", "b"), { ...from, before: "e" })).toEqual({
      rows: found("c", "d"),
      previous: "c",
      next: "d",
    });
    expect(cutPage(found("b", "a"), { ...from, before: "c" }).previous).toBeNull();
  });

  test("begins anew where the row that it went on from is gone", () => {
    expect(cutPage(found("a", "b", "c"), { ...from, after: "x" }, false).previous).toBeNull();
  });

  test("has no way out when it is empty", () => {
    expect(cutPage([], { ...from, after: "b" })).toEqual({ rows: [], previous: null, next: null });
  });
});

describe("the address of a page", () => {
  const id = "7e57ab1e-0000-4000-8000-000000000000";

  test.each([
    [{}, { after: null, before: null, size: 25 }],
    [
      { after: id, size: "50" },
      { after: id, before: null, size: 50 },
    ],
    [
      { before: "drop table", size: "1000000" },
      { after: null, before: null, size: 25 },
    ],
    [{ size: "100" }, { after: null, before: null, size: 100 }],
    [{ size: "" }, { after: null, before: null, size: 25 }],
  ])("%j is read as %j", (address, read) => {
    expect(z.object(place).parse(address)).toEqual(read);
  });

  test("by number says which rows the database gives", () => {
    const third = z.object(numberedPage).parse({ page: "3", size: "50" });
    expect(stretch(third)).toEqual({ limit: 50, offset: 100 });
    expect(stretch(z.object(numberedPage).parse({ page: "-1" }))).toEqual({ limit: 25, offset: 0 });
  });
});

describe("the address of a page in an order that moves", () => {
  const id = "7e57ab1e-0000-4000-8000-000000000000";
  const read = (after: unknown) =>
    z
      .object(
        movingPlace(
          z
            .string()
            .regex(/^-?\d+$/)
            .transform(Number),
        ),
      )
      .parse({ after }).after;

  test("is read as it is written: what sorted the row when it was shown, and which one it was", () => {
    const rows = cutPage(found(id, "b", "c"), from, undefined, (row) => edgeOf(-3, row));
    expect([rows.previous, rows.next]).toEqual([null, "-3_b"]);
    expect(read(edgeOf(-3, { id }))).toEqual({ value: -3, id });
    expect(new URLSearchParams({ after: edgeOf(-3, { id }) }).toString()).toBe(`after=-3_${id}`);
  });

  test("may name the row alone", () => {
    expect(read(id)).toEqual({ value: null, id });
  });

  test.each(["", "x", "3_x", `x_${id}`, `_${id}`, `3_4_${id}`, ["a"], undefined])(
    "%j is the beginning",
    (after) => {
      expect(read(after)).toBeNull();
    },
  );
});

describe("a page of which nothing is left", () => {
  const list = (rows: string[]) => async (query: { after: string | null; before: null; size: number }) =>
    Promise.resolve(cutPage(found(...rows.filter((id) => id > (query.after ?? ""))), query));

  test("is the first one", async () => {
    expect(await pageOrFirst({ ...from, before: null, after: "b" }, list(["a", "b"]))).toEqual({
      rows: found("a", "b"),
      previous: null,
      next: null,
    });
  });

  test("is empty only where the list is", async () => {
    const page = await pageOrFirst({ ...from, before: null, after: "b" }, list([]));
    expect(page).toEqual({ rows: [], previous: null, next: null });
  });
});

describe("rows that somebody chose", () => {
  const ids = (count: number) => Array.from({ length: count }, () => crypto.randomUUID());

  test("come with commas between, as many as a thousand", () => {
    const some = ids(1_000);
    expect(chosenIds.parse(some.join(","))).toEqual(some);
  });

  test.each([
    ["none", ""],
    ["too many", ids(1_001).join(",")],
    ["what is no id", "1,2"],
  ])("are refused where they are %s", (_, text) => {
    expect(chosenIds.safeParse(text).success).toBe(false);
  });
});
