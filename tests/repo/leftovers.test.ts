import { describe, expect, test } from "vitest";
import { read, repositoryFiles } from "./files";

const code = repositoryFiles().filter(
  (path) => /\.(ts|tsx|mjs|cjs|sql|css|json)$/.test(path) && path !== "package-lock.json",
);
const here = "tests/repo/leftovers.test.ts";

/** Where a pattern stands; this file holds all of them and is left out. */
function places(pattern: RegExp, paths = code): string[] {
  return paths
    .filter((path) => path !== here)
    .flatMap((path) =>
      read(path)
        .split("\n")
        .flatMap((line, index) =>
          pattern.test(line) ? [`${path}:${index + 1} ${line.trim().slice(0, 80)}`] : [],
        ),
    );
}

describe("nothing is left over from the work", () => {
  test("no work is put off", () => {
    expect(places(/\b(TODO|FIXME|XXX|HACK)\b/)).toEqual([]);
  });

  test("no check is switched off", () => {
    const inLint = new Set(["eslint.config.mjs", "tests/repo/lint.test.ts"]);
    expect(
      places(/eslint-disable|@ts-(ignore|nocheck|expect-error)|biome-ignore/).filter(
        (place) => ![...inLint].some((path) => place.startsWith(path)),
      ),
    ).toEqual([]);
  });

  test("no test runs alone", () => {
    expect(places(/\b(test|it|describe)\.only\(/)).toEqual([]);
  });

  test("no path of somebody's machine stands in a file", () => {
    expect(
      places(
        /(?<![\w.])\/(work|home|Users)\/\w/,
        repositoryFiles().filter((path) => !/\.(woff2?|ttf|png|ico|pdf)$/.test(path)),
      ),
    ).toEqual([]);
  });

  test("a file is a page or two: 300 lines of a program, 450 of a list of cases, tables and migrations aside", () => {
    const long = code.filter((path) => {
      if (!/\.tsx?$/.test(path) || path === "lib/db/types.ts" || /\/(data|messages)\//.test(path))
        return false;
      return read(path).trimEnd().split("\n").length > (path.startsWith("tests/") ? 450 : 300);
    });
    expect(long).toEqual([]);
  });

  test("an index names its exports one by one", () => {
    expect(
      places(
        /^export \* from/,
        code.filter((path) => /^lib\/.*index\.ts$/.test(path)),
      ),
    ).toEqual([]);
  });
});
