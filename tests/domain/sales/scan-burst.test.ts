import { describe, expect, test } from "vitest";
import { createBurstDetector } from "@/components/pos/scan-burst";

/** Presses keys at the same distance; gives what the last one ended. */
function typed(
  keys: readonly string[],
  gapMs: number,
  detector = createBurstDetector(),
  startMs = 1_000,
): string | null {
  let code: string | null = null;
  for (const [index, key] of keys.entries()) code = detector.press(key, startMs + index * gapMs);
  return code;
}

/** The keys of a code, and the one that ends it. */
const keys = (code: string, ...end: string[]) => [...Array.from(code), ...end];

describe("a scanner", () => {
  test.each([2, 10, 35])("is heard at %i ms a key", (gapMs) => {
    expect(typed(keys("7800000000017", "Enter"), gapMs)).toBe("7800000000017");
  });

  test("may send capitals with Shift between them, and end with Tab", () => {
    expect(typed(["Shift", "A", "Shift", "R", "M", "-", "0", "1", "Tab"], 5)).toBe("ARM-01");
  });

  test.each([
    ["a person's typing", keys("7800000000017", "Enter"), 36],
    ["a short word, however quick", keys("sol30", "Enter"), 2],
    ["Enter alone", ["Enter"], 2],
  ])("is not %s", (_, pressed, gapMs) => {
    expect(typed(pressed, gapMs)).toBeNull();
  });

  test("may stutter once, as long as it is quick on the whole", () => {
    const detector = createBurstDetector();
    typed(keys("780000"), 3, detector, 1_000);
    expect(typed(keys("0000017", "Enter"), 3, detector, 1_200)).toBe("7800000000017");
  });

  test("is heard right after somebody typed, without what they typed", () => {
    const detector = createBurstDetector();
    typed(keys("3*"), 200, detector);
    expect(typed(keys("7800000000017", "Enter"), 3, detector, 5_000)).toBe("7800000000017");
  });

  test("needs its Enter as quickly as its figures", () => {
    const detector = createBurstDetector();
    typed(keys("7800000000017"), 3, detector);
    expect(detector.press("Enter", 9_000)).toBeNull();
  });

  test("tells the first figure of a code, before which a field still held what somebody typed", () => {
    const detector = createBurstDetector();
    expect(detector.begins(1_000)).toBe(true);
    detector.press("7", 1_000);
    expect(detector.begins(1_003)).toBe(false);
    expect(detector.begins(1_251)).toBe(true);
    typed(keys("780000", "Enter"), 3, detector, 2_000);
    expect(detector.begins(2_030)).toBe(true);
  });

  test("may end a code twice, and the second end is nobody's Enter", () => {
    const detector = createBurstDetector();
    expect(detector.trails("Enter", 900)).toBe(false);
    typed(keys("7800000000017", "Enter"), 3, detector, 1_000);
    expect(detector.trails("Enter", 1_045)).toBe(true);
    expect(detector.trails("7", 1_045)).toBe(false);
    expect(detector.press("Enter", 1_045)).toBeNull();
    expect(detector.trails("Enter", 1_500)).toBe(false);
    typed(keys("sol30", "Enter"), 3, detector, 2_000);
    expect(detector.trails("Enter", 2_020)).toBe(false);
  });

  test("is heard again at once", () => {
    const detector = createBurstDetector();
    expect(typed(keys("7800000000017", "Enter"), 3, detector)).not.toBeNull();
    expect(typed(keys("7800000000024", "Enter"), 3, detector, 1_060)).toBe("7800000000024");
  });
});
