import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readImage } from "@/lib/organizations/image";

const hex = (text: string) => Buffer.from(text.replaceAll(" ", ""), "hex");

/** A PNG up to and including IHDR. */
function png(width: number, height: number): Buffer {
  const size = Buffer.alloc(8);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  return Buffer.concat([hex("89504e470d0a1a0a 0000000d 49484452"), size, hex("0806000000 00000000")]);
}

/** A JPEG with an APP0 segment before the frame that holds its size. */
function jpeg(width: number, height: number, marker = "c0"): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt16BE(height, 0);
  size.writeUInt16BE(width, 2);
  return Buffer.concat([
    hex("ffd8 ffe0 0010 4a46494600010100000100010000"),
    hex(`ff${marker} 0011 08`),
    size,
    hex("03012200"),
  ]);
}

function webp(chunk: string, body: string): Buffer {
  return Buffer.concat([
    Buffer.from("RIFF"),
    hex("00010000"),
    Buffer.from(`WEBP${chunk}`),
    hex("00000000"),
    hex(body),
    Buffer.alloc(8),
  ]);
}

describe("a picture tells what it is by its bytes", () => {
  test("PNG", () => {
    expect(readImage(png(640, 480))).toEqual({ contentType: "image/png", width: 640, height: 480 });
  });

  test.each(["c0", "c2"])("JPEG, frame %s", (marker) => {
    expect(readImage(jpeg(640, 480, marker))).toEqual({ contentType: "image/jpeg", width: 640, height: 480 });
  });

  test("WebP: extended, lossless and lossy", () => {
    const facts = { contentType: "image/webp", width: 640, height: 480 };
    expect(readImage(webp("VP8X", "00000000 7f0200 df0100"))).toEqual(facts);
    // 14 bits of width-1, then 14 of height-1, little endian.
    const packed = (639 | (479 << 14)) >>> 0;
    const size = Buffer.alloc(4);
    size.writeUInt32LE(packed);
    expect(readImage(webp("VP8L", `2f${size.toString("hex")}00000000`))).toEqual(facts);
    expect(readImage(webp("VP8 ", "000000 9d012a 8002 e001"))).toEqual(facts);
  });

  test.each([
    ["nothing", Buffer.alloc(0)],
    ["a page", Buffer.from("<html><script>alert(1)</script></html>".padEnd(64))],
    ["an SVG", Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'.padEnd(64))],
    ["a GIF", Buffer.from("GIF89a".padEnd(64))],
    ["a PDF", Buffer.from("%PDF-1.7".padEnd(64))],
    ["a PNG without its header", png(1, 1).subarray(0, 20)],
    ["a PNG of no width", png(0, 10)],
    ["a JPEG without a frame", hex("ffd8 ffe0 0010 4a46494600010100000100010000 ffd9 0000 0000 0000")],
    ["a WebP of an unknown kind", webp("ANIM", "00".repeat(10))],
  ])("%s is none", (_, bytes) => {
    expect(readImage(bytes)).toBeNull();
  });

  test("whatever the bytes are, reading them ends and never fails", () => {
    const heads = [png(3, 3), jpeg(3, 3), webp("VP8X", "00".repeat(10)), Buffer.alloc(0)];
    fc.assert(
      fc.property(
        fc.constantFrom(...heads),
        fc.uint8Array({ maxLength: 200 }),
        fc.nat(40),
        (head, noise, cut) => {
          const bytes = Buffer.concat([head.subarray(0, cut), noise]);
          const facts = readImage(bytes);
          return facts === null || facts.width > 0;
        },
      ),
      { numRuns: 500 },
    );
  });
});
