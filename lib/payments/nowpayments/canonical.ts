import type { JsonNode } from "./json-text";
import { asJavaScript, asPhp, asPython, asWritten, type NumberSpelling } from "./number-spelling";

/** How one of the published samples writes a document before it is signed. */
interface Sample {
  readonly numbers: NumberSpelling;
  readonly text: (value: string) => string;
  readonly sort: (one: string, other: string) => number;
  /** `objects`: `[a]` becomes `{"0":a}`; `lists`: `{"0":a}` becomes `[a]`; `kept`: both stay what they are. */
  readonly containers: "kept" | "objects" | "lists";
}

type Entry = readonly [key: string, value: JsonNode];

const javaScript = { text: JSON.stringify, sort: byJavaScript };
const php = {
  text: (value: string) => inAscii(value, ASCII_OF_PHP),
  sort: byPhp,
  containers: "lists" as const,
};
const phpSlashes = { ...php, text: (value: string) => php.text(value).replaceAll("/", "\\/") };
const python = {
  text: (value: string) => inAscii(value, ASCII_OF_PYTHON),
  sort: byCodePoint,
  containers: "kept" as const,
};

/**
 * The samples that NOWPayments publishes, and what people made of them, each with its own numbers and with the
 * numbers as they were written. Not among them: `JSON.stringify(p, Object.keys(p).sort())`, which drops nested
 * keys and so leaves them unsigned.
 */
const samples: readonly Sample[] = [
  { ...javaScript, containers: "objects", numbers: asWritten },
  { ...javaScript, containers: "objects", numbers: asJavaScript },
  { ...javaScript, containers: "kept", numbers: asWritten },
  { ...javaScript, containers: "kept", numbers: asJavaScript },
  { ...php, numbers: asWritten },
  { ...php, numbers: asPhp },
  { ...phpSlashes, numbers: asWritten },
  { ...phpSlashes, numbers: asPhp },
  { ...python, numbers: asWritten },
  { ...python, numbers: asPython },
];

/**
 * Every text that the sender of this document may have signed. All of them hold every key and value of it; some
 * do not tell a list from an object with the keys 0, 1, 2 …, because the samples do not.
 */
export function canonicalForms(document: JsonNode): ReadonlySet<string> {
  return new Set(samples.map((sample) => write(document, sample)));
}

function write(node: JsonNode, sample: Sample): string {
  switch (node.kind) {
    case "string":
      return sample.text(node.value);
    case "number":
      return sample.numbers(node.literal);
    case "word":
      return node.word;
    case "array":
      if (sample.containers === "objects")
        return writeObject(
          node.items.map((item, index) => [String(index), item]),
          sample,
        );
      return writeList(node.items, sample);
    case "object":
      return writeObject(node.entries, sample);
  }
}

function writeObject(entries: readonly Entry[], sample: Sample): string {
  const sorted = entries.toSorted(([one], [other]) => sample.sort(one, other));
  if (sample.containers === "lists" && sorted.every(([key], index) => key === String(index)))
    return writeList(
      sorted.map(([, value]) => value),
      sample,
    );
  return `{${sorted.map(([key, value]) => `${sample.text(key)}:${write(value, sample)}`).join(",")}}`;
}

function writeList(items: readonly JsonNode[], sample: Sample): string {
  return `[${items.map((item) => write(item, sample)).join(",")}]`;
}

/** Sorted by UTF-16 units; but an object gives its keys that are list indexes first, in their own order. */
function byJavaScript(one: string, other: string): number {
  const indexes = [isListIndex(one), isListIndex(other)] as const;
  if (indexes[0] && indexes[1]) return Number(one) - Number(other);
  if (indexes[0] !== indexes[1]) return indexes[0] ? -1 : 1;
  return one < other ? -1 : 1;
}

function isListIndex(key: string): boolean {
  return /^(0|[1-9]\d{0,9})$/.test(key) && Number(key) < 2 ** 32 - 1;
}

function byCodePoint(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other)); // UTF-8 keeps the order of code points
}

/** `ksort`: keys that are integers by value, all others as bytes. */
function byPhp(one: string, other: string): number {
  const areIntegers = [one, other].every((key) => /^(0|-?[1-9]\d{0,17})$/.test(key));
  return areIntegers ? Number(BigInt(one) - BigInt(other)) : byCodePoint(one, other);
}

const ASCII_OF_PHP = /[\u0080-\uffff]/g;
const ASCII_OF_PYTHON = /[\u007f-\uffff]/g;

function inAscii(value: string, escaped: RegExp): string {
  return JSON.stringify(value).replace(
    escaped,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
