/**
 * A JSON document as it was written: numbers keep their digits. What `JSON.parse` would round or respell
 * (`1.0`, `1e-7`, twenty digits) is signed, and paid, as it stands.
 */
export type JsonNode =
  | { readonly kind: "object"; readonly entries: readonly (readonly [key: string, value: JsonNode])[] }
  | { readonly kind: "array"; readonly items: readonly JsonNode[] }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "number"; readonly literal: string }
  | { readonly kind: "word"; readonly word: "true" | "false" | "null" };

/** No document of NOWPayments nests deeper than three levels. */
const MAX_DEPTH = 32;

const SPACE = /[ \t\n\r]*/y;
const STRING = /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*"/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;

class NotJson extends Error {}

/**
 * Reads a document strictly as RFC 8259 has it.
 *
 * @returns null when it is none, when an object has the same key twice (two readers could see two documents),
 *   or when it nests too deep
 */
export function readJson(text: string): JsonNode | null {
  try {
    return new Reader(text).document();
  } catch (error) {
    if (error instanceof NotJson) return null;
    throw error;
  }
}

/** The document as plain values, with every number as the text that it was written in. */
export function plainOf(node: JsonNode): unknown {
  switch (node.kind) {
    case "object":
      return Object.fromEntries(node.entries.map(([key, value]) => [key, plainOf(value)]));
    case "array":
      return node.items.map(plainOf);
    case "string":
      return node.value;
    case "number":
      return node.literal;
    case "word":
      return node.word === "null" ? null : node.word === "true";
  }
}

class Reader {
  private at = 0;

  constructor(private readonly text: string) {}

  document(): JsonNode {
    const node = this.value(0);
    this.take(SPACE);
    if (this.at !== this.text.length) throw new NotJson();
    return node;
  }

  private value(depth: number): JsonNode {
    if (depth > MAX_DEPTH) throw new NotJson();
    this.take(SPACE);
    const first = this.text[this.at];
    if (first === "{") return { kind: "object", entries: this.entries(depth) };
    if (first === "[") return { kind: "array", items: this.items(depth) };
    if (first === '"') return { kind: "string", value: this.string() };
    const literal = this.take(NUMBER);
    if (literal !== null) return { kind: "number", literal };
    const word = this.take(WORD);
    if (word === "true" || word === "false" || word === "null") return { kind: "word", word };
    throw new NotJson();
  }

  private entries(depth: number): [string, JsonNode][] {
    const entries = new Map<string, JsonNode>();
    this.list("}", () => {
      this.take(SPACE);
      const key = this.string();
      if (entries.has(key)) throw new NotJson();
      this.take(SPACE);
      this.expect(":");
      entries.set(key, this.value(depth + 1));
    });
    return [...entries];
  }

  private items(depth: number): JsonNode[] {
    const items: JsonNode[] = [];
    this.list("]", () => items.push(this.value(depth + 1)));
    return items;
  }

  /** Members between an opening and a closing bracket, separated by commas. */
  private list(close: "}" | "]", member: () => void): void {
    this.at += 1;
    this.take(SPACE);
    if (this.text[this.at] === close) {
      this.at += 1;
      return;
    }
    for (;;) {
      member();
      this.take(SPACE);
      if (this.text[this.at] !== ",") return this.expect(close);
      this.at += 1;
    }
  }

  private string(): string {
    const literal = this.take(STRING);
    if (literal === null) throw new NotJson();
    const value: unknown = JSON.parse(literal);
    if (typeof value !== "string") throw new NotJson();
    return value;
  }

  private expect(character: string): void {
    if (this.text[this.at] !== character) throw new NotJson();
    this.at += 1;
  }

  private take(pattern: RegExp): string | null {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (!match) return null;
    this.at += match[0].length;
    return match[0];
  }
}
