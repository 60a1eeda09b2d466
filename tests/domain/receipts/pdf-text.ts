import { inflateSync } from "node:zlib";

const STREAM = /stream\r?\n([\s\S]*?)\r?\nendstream/g;
const TEXT = /\[((?:\s*(?:<[0-9a-f]*>|-?[\d.]+))+)\s*\]\s*TJ/gi;

/** What a PDF of ours says, line by line as it was drawn: its typefaces are built in, so its text is Windows-1252. */
export function pdfText(file: Uint8Array): string {
  const raw = Buffer.from(file).toString("latin1");
  return [...raw.matchAll(STREAM)].flatMap(([, body = ""]) => drawnTexts(body)).join("\n");
}

/** How wide and long the first page is, in millimetres. */
export function pageSizeMm(file: Uint8Array): { width: number; height: number } {
  const [, width, height] =
    /\/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]/.exec(Buffer.from(file).toString("latin1")) ?? [];
  return { width: (Number(width) / 72) * 25.4, height: (Number(height) / 72) * 25.4 };
}

function drawnTexts(body: string): string[] {
  let page: string;
  try {
    page = inflateSync(Buffer.from(body, "latin1")).toString("latin1");
  } catch {
    return []; // a picture, or nothing compressed
  }
  return [...page.matchAll(TEXT)].map(([, pieces = ""]) =>
    [...pieces.matchAll(/<([0-9a-f]*)>/gi)].map(([, hex = ""]) => decoded(hex)).join(""),
  );
}

function decoded(hex: string): string {
  return new TextDecoder("windows-1252").decode(Buffer.from(hex, "hex"));
}
