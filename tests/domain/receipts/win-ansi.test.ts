import { expect, test } from "vitest";
import { toWinAnsi } from "@/lib/receipts/win-ansi";

test.each([
  ["Ñandú, pingüino: ¡señor Peña! N° 1 × 2", "Ñandú, pingüino: ¡señor Peña! N° 1 × 2"],
  ["€ – “comillas” …", "€ – “comillas” …"],
  ["Dvořák, Łódź, Ștefan", "Dvorák, Lódz, Stefan"],
  ["n\u0303 decompuesta", "ñ decompuesta"],
  ["−5 pesos", "-5 pesos"],
  ["山田 😀", "?? ?"],
  ["dos\nlíneas", "dos\nlíneas"],
])("%s is written %s", (text, written) => {
  expect(toWinAnsi(text)).toBe(written);
});
