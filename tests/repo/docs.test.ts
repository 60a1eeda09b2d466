import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { read, repositoryFiles, root } from "./files";

const pages = repositoryFiles().filter((path) => path.endsWith(".md"));
const decisions = pages.filter((path) => /^docs\/decisions\/\d{4}-/.test(path));
const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(read("package.json")));

describe("the documents", () => {
  test("are all there", () => {
    for (const path of [
      "README.md",
      "LICENSE",
      "SECURITY.md",
      "CONTRIBUTING.md",
      "CHANGELOG.md",
      "docs/glossary.md",
    ]) {
      expect(existsSync(join(root, path)), path).toBe(true);
    }
  });

  test.each(pages)("every link of %s leads somewhere", (page) => {
    const targets = [...read(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target ?? "");
    const files = targets
      .filter((target) => !/^(https?:|mailto:|#)/.test(target))
      .map((target) => target.replace(/#.*/, ""));
    expect(files.filter((target) => !existsSync(join(root, dirname(page), target)))).toEqual([]);
  });

  test.each(pages)("every npm command of %s exists", (page) => {
    const commands = [...read(page).matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name ?? "");
    expect(commands.filter((name) => !(name in scripts))).toEqual([]);
  });
});

describe("decisions", () => {
  test("are numbered without gaps", () => {
    expect(decisions.map((path) => Number(path.slice(15, 19)))).toEqual(
      decisions.map((_, index) => index + 1),
    );
  });

  test.each(decisions)("%s has status, context, decision, consequences and alternatives", (path) => {
    const headings = [...read(path).matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual(["Status", "Context", "Decision", "Consequences", "Alternatives"]);
    expect(read(path)).toMatch(new RegExp(`^# ${path.slice(15, 19)} `));
  });

  test.each(decisions)("%s stands in the list", (path) => {
    expect(read("docs/decisions/README.md")).toContain(`(${path.replace("docs/decisions/", "")})`);
  });
});

test("the changelog has a place for what comes next", () => {
  expect(read("CHANGELOG.md")).toMatch(/^## \[Unreleased\]$/m);
});
