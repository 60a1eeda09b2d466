import { describe, expect, test } from "vitest";
import { languages } from "@/lib/i18n/locale";
import { translatorFor } from "@/lib/i18n/translator";

describe.each(languages)("what the till says of stock and money, in %s", (language) => {
  const t = translatorFor(language);
  const counted = (key: string, name: string, ...numbers: number[]) =>
    numbers.map((number) => t(key, { [name]: number, product: "Limpiador" }));

  test("counts none, one and many", () => {
    expect([
      counted("pos.line.short", "available", 0, 1, 2),
      counted("pos.refusals.stock", "available", 0, 1, 1_200),
      counted("orders.detail.balance", "quantity", 0, 1, 2, -1),
    ]).toEqual(
      {
        es: [
          [
            "No queda ninguna unidad en la sucursal",
            "Queda 1 unidad en la sucursal",
            "Quedan 2 unidades en la sucursal",
          ],
          [
            "No queda ninguna unidad de Limpiador.",
            "Queda 1 unidad de Limpiador.",
            "Quedan 1.200 unidades de Limpiador.",
          ],
          ["No queda ninguna", "Queda 1", "Quedan 2", "Queda -1"],
        ],
        en: [
          ["None left in the branch", "1 unit left in the branch", "2 units left in the branch"],
          [
            "There is no unit of Limpiador left.",
            "There is 1 unit of Limpiador left.",
            "There are 1,200 units of Limpiador left.",
          ],
          ["None left", "1 left", "2 left", "-1 left"],
        ],
      }[language],
    );
  });

  test("writes pesos as pesos", () => {
    const amount = { es: "$1.234", en: "$1,234" }[language];
    for (const key of ["tenders", "total"]) {
      expect(t(`pos.refusals.${key}`, { total: 1_234 })).toContain(` ${amount}.`);
    }
  });
});
