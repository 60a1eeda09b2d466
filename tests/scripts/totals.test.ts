import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { playwrightTotals, sum, totalsLine, vitestTotals } from "@/scripts/testing/totals";

function report(content: unknown): string {
  const directory = mkdtempSync(join(tmpdir(), "opttius-totals-"));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const file = join(directory, "report.json");
  writeFileSync(file, JSON.stringify(content));
  return file;
}

const vitest = {
  numPassedTests: 7,
  numFailedTests: 0,
  numPendingTests: 1,
  numTodoTests: 1,
  success: true,
  testResults: [],
};

test("a file that could not be loaded counts as a failure, though no test of it failed", () => {
  const testResults = [
    { status: "failed", assertionResults: [] },
    { status: "failed", assertionResults: [{ status: "failed" }] },
  ];
  const totals = vitestTotals(report({ ...vitest, numFailedTests: 1, success: false, testResults }));
  expect(totals).toEqual({ passed: 7, failed: 2, skipped: 2 });
});

test("a suite without a report counts as a failure", () => {
  expect(vitestTotals("/nowhere")).toEqual({ passed: 0, failed: 1, skipped: 0 });
  expect(playwrightTotals("/nowhere")).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

test("browser tests count like the others, and an error outside any test is a failure", () => {
  expect(
    playwrightTotals(report({ stats: { expected: 5, unexpected: 1, flaky: 0, skipped: 2 }, errors: [] })),
  ).toEqual({
    passed: 5,
    failed: 1,
    skipped: 2,
  });
  expect(
    playwrightTotals(report({ stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0 }, errors: [{}] }))
      .failed,
  ).toBe(1);
});

test("the last line adds the suites up and mentions skips only where there are any", () => {
  expect(
    totalsLine(
      sum([
        { passed: 1, failed: 0, skipped: 0 },
        { passed: 2, failed: 1, skipped: 0 },
      ]),
    ),
  ).toBe("3 passed, 1 failed");
  expect(totalsLine(sum([{ passed: 1, failed: 0, skipped: 4 }]))).toBe("1 passed, 0 failed, 4 skipped");
});
