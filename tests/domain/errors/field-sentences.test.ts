import { describe, expect, test } from "vitest";
import { languages } from "@/lib/i18n/locale";
import { messages } from "@/lib/i18n/messages";
import { sentenceFaults } from "@/tests/support/sentence";

/** Values like those with which a sentence is said. */
const said = (sentence: string) =>
  sentence
    .replaceAll(/\{(\w+), plural, .*?other \{([^}]*)\}\}/g, "$2")
    .replaceAll("#", "3")
    .replaceAll(/\{product\}/g, "X")
    .replaceAll(/\{[^}]+\}/g, "3");

function sentencesIn(tree: object): string[] {
  return Object.values(tree).flatMap((value: unknown) => {
    if (typeof value === "string") return [said(value)];
    return typeof value === "object" && value !== null ? sentencesIn(value) : [];
  });
}

describe.each(languages)("what stands at a field, in %s", (language) => {
  const { fields, consoleCoupons, customers, inventory, members, pos, products, settings } =
    messages[language];
  const sentences = [
    fields,
    consoleCoupons.problems,
    ...[customers, inventory, members, pos, products, settings].map(({ refusals }) => refusals),
  ].flatMap(sentencesIn);

  test("is a sentence of this language and has no word of the other", () => {
    expect(sentences.length).toBeGreaterThan(60);
    expect(sentences.flatMap((sentence) => sentenceFaults(sentence, language))).toEqual([]);
  });

  test("is told from what a reader of the other language would read", () => {
    const other = language === "es" ? "en" : "es";
    expect(sentences.filter((sentence) => sentenceFaults(sentence, other).length === 0)).toEqual([]);
  });
});

test.each([
  "fields.required",
  "inventory.refusals.lines",
  "customer.rut_taken",
  "Falta {name}.",
  "",
  "sin fin",
])("%j is no sentence for anybody", (text) => {
  for (const language of languages) expect(sentenceFaults(text, language)).not.toEqual([]);
});
