import readExcelFile from "read-excel-file/node";
import { describe, expect, test } from "vitest";
import type { SheetColumn } from "@/lib/spreadsheet";
import { xlsxBody } from "@/lib/spreadsheet/xlsx";

interface Sold {
  readonly customer: string | null;
  readonly total: number;
}

const columns: SheetColumn<Sold>[] = [
  { heading: "Cliente", value: (sold) => sold.customer },
  { heading: "Total", value: (sold) => sold.total },
];

/** The cells of the only sheet, as a spreadsheet program reads them. */
async function read(body: Uint8Array) {
  const sheets = await readExcelFile(Buffer.from(body));
  expect(sheets).toHaveLength(1);
  return sheets[0]?.data;
}

describe("an Excel workbook", () => {
  test("has its headings first, amounts as numbers, accents right and empty cells empty", async () => {
    const body = await xlsxBody(columns, [
      [{ customer: "María José Núñez", total: 53_990 }],
      [{ customer: null, total: -990 }],
    ]);
    expect(await read(body)).toEqual([
      ["Cliente", "Total"],
      ["María José Núñez", 53_990],
      [null, -990],
    ]);
  });

  test("is whole without a row: the headings stand alone", async () => {
    expect(await read(await xlsxBody(columns, []))).toEqual([["Cliente", "Total"]]);
  });

  test.each([
    "=1+1",
    "@SUM(A1)",
    "+56 9 1234 5678",
    "-5",
    "00123",
    "1e5",
    "2026-11-22 14:05",
    "<a & b>",
    "línea\ndos",
  ])("keeps %j as the text that somebody wrote", async (written) => {
    const cells = await read(await xlsxBody(columns, [[{ customer: written, total: 1 }]]));
    expect(cells?.[1]).toEqual([written, 1]);
  });

  test("takes rows as the database gives them, batch after batch, in their order", async () => {
    async function* batches() {
      for (let from = 0; from < 5_000; from += 1_000) {
        await Promise.resolve();
        yield Array.from({ length: 1_000 }, (_, n) => ({ customer: `C${from + n}`, total: from + n }));
      }
    }
    const cells = (await read(await xlsxBody(columns, batches()))) ?? [];
    expect(cells).toHaveLength(5_001);
    expect(cells.slice(1).map(([, total]) => total)).toEqual(Array.from({ length: 5_000 }, (_, n) => n));
  });

  test("that would be too long is refused before the rest is read, with the number to stay below", async () => {
    let read = 0;
    function* batches() {
      for (; read < 10; read++) yield [{ customer: "x", total: read }];
    }
    await expect(xlsxBody(columns, batches(), 3)).rejects.toMatchObject({
      code: "export.too_large",
      details: { max: 3 },
    });
    expect(read).toBe(3);
  });
});
