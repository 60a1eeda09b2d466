import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import {
  endOrphans,
  lockDataDirectory,
  openDataDirectory,
  recordChild,
  resetDataDirectory,
  runningLauncher,
} from "@/scripts/launcher/data-directory";
import { birthOf, isAlive } from "@/scripts/services/processes";

function directory(): string {
  const made = mkdtempSync(join(tmpdir(), "opttius-data-"));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** A process in a group of its own that does nothing for a minute. */
function sleeper(): number {
  const child = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60_000)"], {
    detached: true,
    stdio: "ignore",
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child.pid ?? 0;
}

test("two launchers do not run on one directory", () => {
  const home = directory();
  const unlock = lockDataDirectory(home);
  expect(runningLauncher(home)).toBe(process.pid);
  expect(() => lockDataDirectory(home)).toThrow(/already running on .* \(process \d+\); stop it first/);
  unlock();
  expect(runningLauncher(home)).toBeNull();
  lockDataDirectory(home)();
});

test("the lock of a launcher that was killed is no obstacle", () => {
  const home = directory();
  writeFileSync(
    join(home, "launcher.lock"),
    JSON.stringify({ name: "launcher", pid: 2 ** 22 + 1, birth: "1" }),
  );
  lockDataDirectory(home)();
});

test("the lock of a process whose number another one has now is no obstacle", () => {
  const home = directory();
  writeFileSync(
    join(home, "launcher.lock"),
    JSON.stringify({ name: "launcher", pid: process.pid, birth: "long ago" }),
  );
  expect(birthOf(process.pid)).not.toBe("long ago");
  lockDataDirectory(home)();
});

test("what a killed launcher left running is ended, and nothing else", async () => {
  const home = directory();
  const left = sleeper();
  const stranger = sleeper();
  recordChild(home, "worker", left);
  recordChild(home, "app", 2 ** 22 + 1);
  expect(await endOrphans(home)).toEqual(["worker"]);
  expect([isAlive(left), isAlive(stranger)]).toEqual([false, true]);
  expect(await endOrphans(home)).toEqual([]);
});

test("beginning again removes what launchers wrote, wherever it lies, and no file of anybody else", () => {
  const home = directory();
  const elsewhere = directory();
  openDataDirectory(home);
  symlinkSync(elsewhere, join(home, "postgres"));
  mkdirSync(join(home, "mail"));
  writeFileSync(join(home, "secrets.json"), "{}");
  writeFileSync(join(home, "thesis.txt"), "mine");
  resetDataDirectory(home);
  expect(readdirSync(home)).toEqual(["thesis.txt"]);
  expect(existsSync(elsewhere)).toBe(false);
});

test("a directory that cannot be is refused with a sentence and a way out", () => {
  const home = directory();
  writeFileSync(join(home, "file"), "");
  expect(() => openDataDirectory(join(home, "file/below"))).toThrow(/cannot be used.*Set DATA_DIR/s);
});
