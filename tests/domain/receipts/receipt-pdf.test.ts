import { describe, expect, test } from "vitest";
import { renderReceiptPdf } from "@/lib/receipts";
import { endlessPng, greedyJpeg, tornPng } from "@/tests/fixtures/hostile-pictures";
import { aReceipt } from "./a-receipt";
import { pageSizeMm, pdfText } from "./pdf-text";

const textOf = async (...parameters: Parameters<typeof renderReceiptPdf>) =>
  pdfText((await renderReceiptPdf(...parameters)).content);

/** A grey square of one pixel. */
const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

describe("a receipt as a PDF", () => {
  test("keeps every accent", async () => {
    const text = await textOf(aReceipt(), "es");
    for (const line of ["Óptica Vista", "María José Núñez Ibáñez", "Armazón clásico", "José Peña", "N°"])
      expect(text).toContain(line);
  });

  test("says what it is not, what was paid and what went back", async () => {
    const text = await textOf(aReceipt(), "es");
    expect(text).toContain("NO ES BOLETA");
    expect(text).toContain("$102.500");
    expect(text).toMatch(/Vuelto[\s\S]*\$500/);
    expect(text).toContain("00000123");
  });

  test("says COPIA only on a copy and ANULADA only when it is", async () => {
    expect(await textOf(aReceipt(), "es")).not.toMatch(/COPIA|ANULADA/);
    expect(await textOf(aReceipt(), "es", { copy: true })).toContain("COPIA");
    const voided = { at: new Date(), by: "Ana", reason: "error" };
    expect(await textOf(aReceipt({ voided }), "es")).toContain("ANULADA");
  });

  test("is as wide as the roll and as long as it needs", async () => {
    const { content } = await renderReceiptPdf(aReceipt(), "es");
    const [line] = aReceipt().lines;
    const long = await renderReceiptPdf(
      aReceipt({ lines: Array.from({ length: 40 }, () => line ?? never()) }),
      "es",
    );
    expect(pageSizeMm(content).width).toBeCloseTo(80, 0);
    expect(pageSizeMm(long.content).height).toBeGreaterThan(pageSizeMm(content).height + 200);
    expect(long.content.toString("latin1").match(/\/Type \/Page\b/g)).toHaveLength(1);
  });

  test("holds the shop's logo and letters that its typeface lacks", async () => {
    const receipt = aReceipt({ customer: { name: "Łukasz Dvořák 山", rut: null } });
    const { content, filename, contentType } = await renderReceiptPdf(receipt, "en", {
      logo: png,
    });
    expect(pdfText(content)).toContain("Lukasz Dvorák ?");
    expect(content.toString("latin1")).toContain("/Subtype /Image");
    expect({ filename, contentType }).toEqual({ filename: "00000123.pdf", contentType: "application/pdf" });
  });
});

describe("a logo that was stored before logos were drawn anew", () => {
  test.each([
    ["whose chunk leads back to itself", () => endlessPng()],
    ["whose pixels end in the middle", () => tornPng()],
    ["that is nothing at all", () => Buffer.from("?")],
  ])("and %s is left out, and the receipt is written", async (_, logo) => {
    const { content } = await renderReceiptPdf(aReceipt(), "es", { logo: logo() });
    expect(pdfText(content)).toContain("NO ES BOLETA");
    expect(content.toString("latin1")).not.toContain("/Subtype /Image");
  });

  test("and holds notes without an end is written without them", async () => {
    const { content } = await renderReceiptPdf(aReceipt(), "es", { logo: await greedyJpeg() });
    expect(pdfText(content)).toContain("NO ES BOLETA");
  });
});

function never(): never {
  throw new Error("the receipt of the fixture has lines");
}
