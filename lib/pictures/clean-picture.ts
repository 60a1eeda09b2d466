import "server-only";
import sharp from "sharp";

// Of all that the library reads, only what browsers show; a picture is worked on for a moment, by one thread.
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({
  operation: ["VipsForeignLoadPngBuffer", "VipsForeignLoadJpegBuffer", "VipsForeignLoadWebpBuffer"],
});
sharp.concurrency(1);
sharp.cache(false);

/** A picture that was drawn anew: nothing of the file that came in is left but what one sees. */
export interface Picture {
  readonly contentType: "image/png" | "image/jpeg";
  readonly bytes: Buffer;
  readonly width: number;
  readonly height: number;
}

interface Limits {
  /** Pixels a side of what comes in; a larger one is not decoded. */
  readonly largestSide: number;
  /** Bytes of what comes out; it is drawn smaller until it fits. */
  readonly mostBytes: number;
}

const SIDES = [640, 480, 320, 200] as const;
const SECONDS = 5;

/**
 * Draws a picture anew, upright and no larger than paper and screens show it. Files of strangers are read here alone:
 * other libraries get what this one wrote, so that no broken or hostile file, and no place where a photo was taken,
 * goes any further.
 *
 * SVG is not among what it reads: it is a document that can run scripts.
 *
 * @returns `kind` for anything that is no PNG, JPEG or WebP or cannot be read to its end; `size` for too many pixels
 */
export async function cleanPicture(bytes: Buffer, limits: Limits): Promise<Picture | "kind" | "size"> {
  try {
    const { format, width, height } = await sharp(bytes).metadata();
    if (Math.max(width, height) > limits.largestSide) return "size";
    for (const side of SIDES) {
      const drawn = await draw(bytes, side, format === "jpeg", limits.largestSide);
      if (drawn.bytes.length <= limits.mostBytes) return drawn;
    }
    return "size";
  } catch {
    return "kind";
  }
}

async function draw(bytes: Buffer, side: number, isPhoto: boolean, largestSide: number): Promise<Picture> {
  const pipeline = sharp(bytes, { limitInputPixels: largestSide ** 2, failOn: "error" })
    .timeout({ seconds: SECONDS })
    .autoOrient()
    .resize({ width: side, height: side, fit: "inside", withoutEnlargement: true })
    .toColourspace("srgb");
  const { data, info } = await (isPhoto ? pipeline.jpeg({ quality: 88 }) : pipeline.png()).toBuffer({
    resolveWithObject: true,
  });
  return {
    contentType: isPhoto ? "image/jpeg" : "image/png",
    bytes: data,
    width: info.width,
    height: info.height,
  };
}
