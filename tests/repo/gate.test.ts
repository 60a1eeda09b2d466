import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { runSteps } from "@/scripts/check/run-steps";
import { tool } from "@/scripts/check/steps";
import { read, root } from "./files";

const gate = read(".ci/run");
const commands = gate.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("#"));

describe(".ci/run", () => {
  test("can be started, and bash understands it", () => {
    expect(statSync(join(root, ".ci/run")).mode & 0o111).not.toBe(0);
    expect(spawnSync("bash", ["-n", join(root, ".ci/run")]).status).toBe(0);
  });

  test("stops at the first failure, always", () => {
    expect(commands[0]).toBe("set -euo pipefail");
    expect(gate).not.toMatch(/\|\||set \+e|; *true|trap|&\s*$|continue/m);
  });

  test("installs what is locked, checks, and ends with the tests", () => {
    expect(commands.filter((line) => line.startsWith("npm "))).toEqual([
      "npm ci",
      "npm run check",
      "npm test",
    ]);
    expect(commands.at(-1)).toBe("npm test");
  });

  test("calls scripts that exist", () => {
    const { scripts } = z
      .object({ scripts: z.record(z.string(), z.string()) })
      .parse(JSON.parse(read("package.json")));
    expect(scripts).toHaveProperty("check");
    expect(scripts).toHaveProperty("test");
  });
});

describe("npm run check", () => {
  test("one failing step fails the whole, and the others still run", async () => {
    const lines: string[] = [];
    const step = (name: string, program: string) => tool(name, "node", "-e", program);
    const failed = await runSteps(
      [step("good", ""), step("bad", "console.log('why it failed'); process.exit(3)"), step("later", "")],
      2,
      (line) => lines.push(line),
    );
    expect(failed).toBe(1);
    const text = lines.join("\n");
    expect(text).toMatch(/ok {6}good .*s/);
    expect(text).toMatch(/FAILED {2}bad .*s\n\s+why it failed/);
    expect(text).toMatch(/ok {6}later /);
  });

  test("a program that does not exist is a failure, not a pass", async () => {
    expect(await runSteps([tool("absent", "no-such-program-anywhere")], 1, () => undefined)).toBe(1);
  });
});
