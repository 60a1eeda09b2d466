import { deflateSync } from "node:zlib";
import fc from "fast-check";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { cleanPicture } from "@/lib/pictures";
import { endlessPng, greedyJpeg, PNG_SIGNATURE, tornPng } from "@/tests/fixtures/hostile-pictures";

const limits = { largestSide: 1_024, mostBytes: 262_144 };
const clean = (bytes: Buffer) => cleanPicture(bytes, limits);
const drawn = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 4, background: { r: 0, g: 90, b: 120, alpha: 0.5 } } });

describe("a picture", () => {
  test("that is a PNG or a WebP is drawn anew as a PNG, with what shows through it", async () => {
    for (const bytes of [await drawn(60, 40).png().toBuffer(), await drawn(60, 40).webp().toBuffer()]) {
      const picture = await clean(bytes);
      expect(picture).toMatchObject({ contentType: "image/png", width: 60, height: 40 });
      expect(typeof picture === "object" && (await sharp(picture.bytes).metadata()).hasAlpha).toBe(true);
    }
  });

  test("that is a photo stays one, upright and without where it was taken", async () => {
    const photo = await sharp({
      create: { width: 90, height: 30, channels: 3, background: { r: 200, g: 30, b: 30 } },
    })
      .withExif({
        IFD0: { Copyright: "Óptica Vista" },
        IFD3: { GPSLatitudeRef: "S", GPSLatitude: "33/1 26/1 0/1" },
      })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    expect((await sharp(photo).metadata()).exif).toBeDefined();
    const picture = await clean(photo);
    if (typeof picture === "string") throw new Error(picture);
    expect(picture).toMatchObject({ contentType: "image/jpeg", width: 30, height: 90 });
    expect((await sharp(picture.bytes).metadata()).exif).toBeUndefined();
    expect(picture.bytes.includes("GPS")).toBe(false);
  });

  test("is no larger than what it is for, however it came", async () => {
    expect(await clean(await drawn(1_024, 512).png().toBuffer())).toMatchObject({ width: 640, height: 320 });
    const noise = Buffer.from(
      Uint8Array.from({ length: 640 * 640 * 3 }, (_, at) => (at * 7919 * (at % 251)) % 256),
    );
    const loud = await sharp(noise, { raw: { width: 640, height: 640, channels: 3 } })
      .png()
      .toBuffer();
    const picture = await clean(loud);
    if (typeof picture === "string") throw new Error(picture);
    expect(picture.bytes.length).toBeLessThanOrEqual(limits.mostBytes);
    expect(picture.width).toBeLessThan(640);
  });

  test("of too many pixels is told apart from none", async () => {
    expect(await clean(await drawn(1_025, 10).png().toBuffer())).toBe("size");
  });
});

describe("what is no picture, or was made to do harm", () => {
  test.each([
    ["nothing", Buffer.alloc(0)],
    ["a page", Buffer.from("<html><script>alert(1)</script></html>")],
    [
      "an SVG",
      Buffer.from(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>',
      ),
    ],
    ["a PDF", Buffer.from("%PDF-1.7 1 0 obj<</Type/Catalog>>endobj")],
    ["a PNG whose chunk leads back to itself", endlessPng()],
    ["a PNG whose pixels end in the middle", tornPng()],
    ["a PNG that says it is larger than it is", bomb()],
  ])("%s is refused", async (_, bytes) => {
    expect(await clean(bytes)).toBe("kind");
  });

  test("a GIF is none of those that are taken", async () => {
    expect(await clean(await drawn(4, 4).gif().toBuffer())).toBe("kind");
  });

  test("a photo that says to hold four thousand million notes comes out without them", async () => {
    const picture = await clean(await greedyJpeg());
    if (typeof picture === "string") return expect(picture).toBe("kind");
    expect((await sharp(picture.bytes).metadata()).exif).toBeUndefined();
  });

  test("whatever the bytes are, it ends and never fails", async () => {
    const heads = [
      await drawn(3, 3).png().toBuffer(),
      await drawn(3, 3).webp().toBuffer(),
      await greedyJpeg(),
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...heads),
        fc.uint8Array({ maxLength: 200 }),
        fc.nat(80),
        async (head, noise, cut) => {
          const picture = await clean(Buffer.concat([head.subarray(0, cut), noise]));
          return typeof picture === "string" || picture.width > 0;
        },
      ),
      { numRuns: 150 },
    );
  });
});

/** One small row of pixels that calls itself a picture of a thousand. */
function bomb(): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(1_000, 0);
  header.writeUInt32BE(1_000, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const chunk = (type: string, body: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(body.length);
    return Buffer.concat([length, Buffer.from(type), body, Buffer.alloc(4)]);
  };
  return Buffer.concat([
    PNG_SIGNATURE,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(Buffer.alloc(40))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}
