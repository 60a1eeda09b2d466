import { describe, expect, test } from "vitest";
import { PrintSheet } from "@/components/receipts/print-sheet";
import { ReceiptHandOut } from "@/components/receipts/receipt-hand-out";
import { ReceiptView } from "@/components/receipts/receipt-view";
import type { Language } from "@/lib/i18n/locale";
import { describeReceipt, type Receipt } from "@/lib/receipts";
import { seen } from "../ui/seen";
import { aReceipt } from "./a-receipt";

const orderId = aReceipt().orderId;
const uncounted = () => Promise.reject(new Error("nobody printed"));

function paper(
  change: Partial<Receipt> = {},
  { copy = false, language = "es" }: { copy?: boolean; language?: Language } = {},
) {
  const receipt = describeReceipt(aReceipt(change), language);
  return seen(<ReceiptView receipt={receipt} copy={copy} />, { language }).one("article");
}

const voided = { at: new Date("2026-11-22T15:00:00Z"), by: "Carolina Soto", reason: "Se arrepintió" };

describe("the receipt on its roll", () => {
  test("is as wide as the roll and light on a dark screen too", () => {
    expect(paper().attributes).toMatchObject({ "data-paper": "80mm", "data-scheme": "light" });
  });

  test("says twice that it is no tax document", () => {
    const notices = (language: Language) =>
      paper({}, { language })
        .all("p")
        .filter(({ text }) => /NO ES BOLETA|NOT FOR TAX/.test(text));
    expect(notices("es")).toHaveLength(2);
    expect(notices("en")).toHaveLength(2);
  });

  test("says COPIA only once it was printed before", () => {
    expect(paper().text).not.toContain("COPIA");
    expect(paper({}, { copy: true }).text).toMatch(/^COPIA /);
  });

  test("says ANULADA before all else, and who voided it, when and why", () => {
    const text = paper({ voided }, { copy: true }).text;
    expect(text).toMatch(/^ANULADA COPIA /);
    expect(text).toContain("Anulada el 22-11-2026 12:00 por Carolina Soto: Se arrepintió");
    expect(paper().text).not.toContain("ANULADA");
  });

  test("lets long names break, and keeps their amount on the line", () => {
    const name = "Cristales progresivos ".repeat(12).trim();
    const [line] = aReceipt().lines;
    const row = paper({ lines: line ? [{ ...line, name }] : [] }).one("li");
    const [shown, total] = row.all("p")[0]?.all("span") ?? [];
    expect(shown?.text).toBe(name);
    expect(shown?.attributes["class"]).toBe("min-w-0");
    expect(total?.text).toBe("$87.500");
  });

  test("shows what was taken off under the line, and what bears no tax", () => {
    expect(paper().names("li")).toEqual([
      "Armazón clásico $87.500 2 × $50.000 · ARM-1 Descuento 12,5 %: -$12.500",
      "Examen de la vista $15.000 1 × $15.000 · EXA-1 · exento",
    ]);
  });

  test("adds up, names the tenders and the change, and the law that rounded", () => {
    expect(paper({ cashRounding: -5 }).facts).toMatchObject({
      TOTAL: "$102.500",
      Débito: "$52.500",
      Vuelto: "$500",
      "Redondeo Ley 20.956": "-$5",
    });
    expect(Object.keys(paper().facts)).not.toContain("Redondeo Ley 20.956");
  });

  test("has no line for a customer whom nobody named", () => {
    expect(Object.keys(paper().facts)).toContain("Cliente");
    expect(Object.keys(paper({ customer: null }).facts)).not.toContain("Cliente");
  });

  test("bears the shop's logo where there is one, and no empty picture where there is none", () => {
    const logo = { url: "/api/logos/1", width: 320, height: 80 };
    const { shop } = aReceipt();
    const image = paper({ shop: { ...shop, logo } }).one("img").attributes;
    expect(image).toMatchObject({ src: "/api/logos/1", alt: "", width: "320", height: "80" });
    expect(paper().all("img")).toEqual([]);
  });

  test("ends with its number to be scanned, which a screen reader reads", () => {
    const footer = paper().one("footer");
    expect(footer.one("svg", { role: "img" }).name).toBe("00000123");
    expect(footer.one("path").attributes["d"]).toMatch(/^M/);
    expect(footer.text).toMatch(/^00000123 Garantía de 6 meses/);
  });
});

describe("handing a receipt out", () => {
  const receipt = describeReceipt(aReceipt({ prints: 1 }), "es");
  const handOut = (shown = true, language: Language = "es") =>
    seen(
      <ReceiptHandOut
        orderId={orderId}
        countPrint={uncounted}
        mailReceipt={uncounted}
        {...(shown && { shown: receipt })}
      />,
      { language },
    );

  test("offers paper, file and mail", () => {
    expect(handOut().names("button")).toEqual(["Imprimir", "E-mail"]);
    expect(handOut().href("PDF")).toBe(`/api/orders/${orderId}/pdf`);
    expect(handOut().one("a", { target: "_blank" }).attributes["rel"]).toBe("noopener");
    expect(handOut(true, "en").names("button")).toEqual(["Print", "E-mail"]);
  });

  test("shows the paper where it is asked for, as the copy that it is by now", () => {
    expect(handOut().one("article").text).toMatch(/^COPIA /);
    expect(handOut(false).all("article")).toEqual([]);
  });

  test("keeps its buttons off the paper", () => {
    expect(handOut().one("div", { "data-chrome": "true" }).names("button")).toHaveLength(2);
    const sheet = seen(<PrintSheet receipt={receipt} countPrint={uncounted} />);
    expect(sheet.one("div", { "data-chrome": "true" }).name).toBe("Volver Imprimir");
    expect(sheet.href("Volver")).toBe(`/orders/${orderId}`);
    expect(sheet.one("h1").text).toBe("Comprobante de venta");
    expect(sheet.all("div", { role: "alert" })).toEqual([]);
  });
});
