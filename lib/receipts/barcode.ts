import "server-only";
import { type DrawingContext, render } from "bwip-js/node";

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
  return { text, ...render({ bcid: "code128", text, scale: 1, height: 1 }, barDrawing()) };
}

/** Collects the bars; a linear code without text has nothing else. */
function barDrawing(): DrawingContext<Pick<Barcode, "width" | "path">> {
  const nothing = () => undefined;
  const bars: string[] = [];
  let width = 0;
  return {
    scale: () => [1, 1],
    measure: () => ({ width: 0, ascent: 0, descent: 0 }),
    init: (pixels) => {
      width = pixels;
    },
    line: (x, _y, _x, _toY, barWidth) => {
      // The middle of a bar is rounded up to whole modules.
      bars.push(`M${x - Math.ceil(barWidth / 2)} 0h${barWidth}v1h-${barWidth}z`);
    },
    polygon: nothing,
    hexagon: nothing,
    ellipse: nothing,
    fill: nothing,
    text: nothing,
    end: () => ({ width, path: bars.join("") }),
  };
}
