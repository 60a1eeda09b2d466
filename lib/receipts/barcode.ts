import "server-only";
import { raw } from "bwip-js/node";

/** A linear barcode as a drawing one unit high: `path` fills the bars in a box of `width` × 1. */
export interface Barcode {
  readonly text: string;
  readonly width: number;
  readonly path: string;
}

/**
 * Draws a text as Code 128, the densest symbology that every scanner at a counter reads.
 *
 * @param text printable ASCII
 */
export function code128(text: string): Barcode {
  const [symbol] = raw({ bcid: "code128", text });
  if (!symbol || !("sbs" in symbol)) throw new Error(`no barcode for ${text}`);
  const bars: string[] = [];
  let at = 0;
  // Widths alternate: bar, space, bar …
  for (const [index, width] of symbol.sbs.entries()) {
    if (index % 2 === 0) bars.push(`M${at} 0h${width}v1h-${width}z`);
    at += width;
  }
  return { text, width: at, path: bars.join("") };
}
