import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { catalogue } from "@/lib/errors";
import { languages } from "@/lib/i18n/locale";
import { messages } from "@/lib/i18n/messages";
import { translatorFor } from "@/lib/i18n/translator";
import { icuArguments } from "./icu-arguments";

interface Tree {
  readonly [key: string]: string | Tree;
}

/** Every sentence with its key: `["errors.sale.empty", "Agrega …"]`. */
function sentences(tree: Tree, path: string[] = []): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string"
      ? [[[...path, key].join("."), value] as [string, string]]
      : sentences(value, [...path, key]),
  );
}

const spanish = new Map(sentences(messages.es));
const english = new Map(sentences(messages.en));

test("Spanish and English say the same things", () => {
  expect([...english.keys()].toSorted()).toEqual([...spanish.keys()].toSorted());
});

test("a sentence takes the same values in both languages", () => {
  const different = [...spanish].filter(
    ([key, text]) => icuArguments(text).join() !== icuArguments(english.get(key) ?? "").join(),
  );
  expect(different.map(([key]) => key)).toEqual([]);
});

test("no sentence is empty or only blanks", () => {
  const empty = [...spanish, ...english].filter(([, text]) => text.trim() === "" || text !== text.trim());
  expect(empty.map(([key]) => key)).toEqual([]);
});

test.each(languages)("every sentence can be put into words (%s)", (language) => {
  const t = translatorFor(language);
  for (const [key, text] of sentences(messages[language])) {
    if (/<\w+>/.test(text)) continue; // rich text needs its elements
    const values = Object.fromEntries(
      icuArguments(text).map((argument) => [argument.split(":")[0] ?? "", sample(argument)]),
    );
    expect(t(key, values), key).not.toBe(key);
  }
});

function sample(argument: string): number {
  return /:(date|time)$/.test(argument) ? Date.UTC(2026, 0, 15) : 2;
}

test("every message file is registered", () => {
  for (const language of languages) {
    const files = readdirSync(new URL(`../../../lib/i18n/messages/${language}/`, import.meta.url));
    expect(files.map((file) => file.replace(".json", "")).toSorted()).toEqual(
      Object.keys(messages[language]).toSorted(),
    );
  }
});

test("every error of the catalogue has a sentence, and every status of it a title", () => {
  const codes = Object.entries(catalogue);
  expect(codes.map(([code]) => `errors.${code}`).filter((key) => !spanish.has(key))).toEqual([]);
  expect(codes.map(([, { status }]) => `errors.title.${status}`).filter((key) => !spanish.has(key))).toEqual(
    [],
  );
});

test("arguments are found inside of plurals and choices, not their words", () => {
  expect(icuArguments("{n, plural, =0 {nada} one {# de {name}} other {# cosas}} {max, number}")).toEqual([
    "max:number",
    "n:plural",
    "name",
  ]);
  expect(icuArguments("{kind, select, a {clientes} other {uso}}")).toEqual(["kind:select"]);
  expect(icuArguments("it''s '{quoted}' {real}")).toEqual(["real"]);
});
