import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { isErrorCode } from "@/lib/errors/codes";

const migrations = join(import.meta.dirname, "../../../supabase/migrations");

/** Every code that a database function raises, and the file in which it does. */
const raised = readdirSync(migrations).flatMap((file) => {
  const sql = readFileSync(join(migrations, file), "utf8");
  const calls = sql.matchAll(/private\.fail\(\s*'([^']+)'/g);
  const bare = sql.matchAll(/errcode\s*=\s*'OP001'\s*,\s*message\s*=\s*'([^']+)'/g);
  return [...calls, ...bare].map(([, code]) => ({ file, code: code ?? "" }));
});

describe("errors that the database raises", () => {
  test("there are some to look at", () => {
    expect(raised.length).toBeGreaterThan(20);
  });

  test("each is in the catalogue, so that it reaches people as a sentence", () => {
    expect(raised.filter(({ code }) => !isErrorCode(code))).toEqual([]);
  });
});
