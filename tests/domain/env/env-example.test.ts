import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checkEnv, variableNames } from "@/lib/env/read-env";
import { isVariable, parseVariable } from "@/lib/env/schema";

const lines = readFileSync(new URL("../../../.env.example", import.meta.url), "utf8").split("\n");

/** The variables of the example with the comment above each. */
const entries = lines.flatMap((line, at) => {
  const [, off, name, value] = /^(# )?([A-Z][A-Z0-9_]+)=(.*)$/.exec(line) ?? [];
  if (name === undefined || value === undefined) return [];
  return [{ name, value, off: off !== undefined, comment: commentAbove(at) }];
});

function commentAbove(at: number): string {
  const first = lines.slice(0, at).lastIndexOf("") + 1;
  return lines.slice(first, at).join("\n");
}

describe(".env.example", () => {
  test("lists every variable that is read, and no other, in the same order", () => {
    expect(entries.map(({ name }) => name)).toEqual(variableNames());
  });

  test.each(entries)(
    "says of $name what it is for, where it comes from and what happens without it",
    ({ comment }) => {
      expect(comment).toMatch(/^# [A-Z\u00C0-\u00DC][\s\S]{20,}\n# Source: .+[\s\S]*\n# Without it: .+/);
    },
  );

  test.each(entries)("shows a value of $name that would be accepted", ({ name, value }) => {
    expect(isVariable(name) && parseVariable(name, value)).toMatchObject({ ok: true });
  });

  test("copied as it is, it is enough to start", () => {
    const copied = Object.fromEntries(
      entries.filter(({ off }) => !off).map(({ name, value }) => [name, value]),
    );
    checkEnv(copied);
    for (const name of Object.keys(copied))
      expect(() => checkEnv({ ...copied, [name]: undefined })).toThrow(name);
  });
});
