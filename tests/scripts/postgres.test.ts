import { spawn } from "node:child_process";
import { chmodSync, existsSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { expect, onTestFinished, test, vi } from "vitest";
import { freePort } from "@/scripts/services/ports";
import { type Postgres, startPostgres } from "@/scripts/services/postgres";
import { isAlive } from "@/scripts/services/processes";
import { temporaryDirectory } from "@/scripts/services/temporary-directory";

const password = "only-for-this-test";

function cluster() {
  const home = temporaryDirectory("postgres");
  const directory = join(home, "pg");
  const running: Postgres[] = [];
  onTestFinished(async () => {
    for (const postgres of running) await postgres.stop();
    // The data may have moved out, and left a link.
    if (existsSync(directory)) rmSync(realpathSync(directory), { recursive: true, force: true });
    rmSync(home, { recursive: true, force: true });
  });
  const start = async (overrides: Partial<Parameters<typeof startPostgres>[0]> = {}) => {
    const postgres = await startPostgres({
      directory,
      port: await freePort(),
      password,
      durable: false,
      ...overrides,
    });
    running.push(postgres);
    return postgres;
  };
  return { home, directory, start };
}

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as unknown[];
  } finally {
    await client.end();
  }
}

test("what was committed is there after a crash and after an orderly end", async () => {
  const { start } = cluster();
  const crashed: string[] = [];
  const first = await start({ durable: true, onExit: (said) => crashed.push(said) });
  await ask(first.superuserUrl(), "create table kept as select 1 as n");
  process.kill(first.pid, "SIGKILL");
  await vi.waitFor(() => expect(crashed).toHaveLength(1));

  const second = await start({ durable: true, onExit: (said) => crashed.push(said) });
  expect(await ask(second.superuserUrl(), "select n from kept")).toEqual([{ n: 1 }]);
  await second.stop();
  expect([isAlive(second.pid), crashed.length]).toEqual([false, 1]);
  expect(await ask((await start({ durable: true })).superuserUrl(), "select n from kept")).toEqual([
    { n: 1 },
  ]);
});

test("a server that outlived its launcher is ended before another starts on its files", async () => {
  const { start } = cluster();
  const left = await start();
  const next = await start();
  expect(isAlive(left.pid)).toBe(false);
  expect(await ask(next.superuserUrl(), "select 1 as n")).toEqual([{ n: 1 }]);
});

test("a pid file whose number belongs to another program now is no obstacle, and that program lives on", async () => {
  const { directory, start } = cluster();
  const node = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60_000)"], { stdio: "ignore" });
  onTestFinished(() => void node.kill("SIGKILL"));
  const neighbour = await cluster().start();
  for (const other of [node.pid ?? 0, neighbour.pid]) {
    await (await start()).stop();
    writeFileSync(
      join(directory, "postmaster.pid"),
      `${other}\n${directory}\n1\n5432\n\n127.0.0.1\n\nready\n`,
    );
    await (await start()).stop();
    expect(isAlive(other)).toBe(true);
  }
});

test("data stays when its directory is moved to where Postgres may not go, as under a home of root's", async () => {
  const { home, start } = cluster();
  const before = await start({ durable: true });
  await ask(before.superuserUrl(), "create table kept as select 1 as n");
  await before.stop();
  chmodSync(home, 0o700);
  const after = await start({ durable: true });
  expect(await ask(after.superuserUrl(), "select n from kept")).toEqual([{ n: 1 }]);
});

test("the port of another program and a forgotten password get a sentence each", async () => {
  const { directory, start } = cluster();
  const first = await start();
  await first.stop();
  await expect(start({ password: "another" })).rejects.toThrow(/another password.*--reset/);
  const server = (await import("node:net")).createServer();
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  await expect(start({ port })).rejects.toThrow(/port is in use by another program/);
  expect(readFileSync(join(directory, "PG_VERSION"), "utf8").trim()).toBe("17");
});

test("text is ordered and dates are told the same way on every machine", async () => {
  vi.stubEnv("LANG", "tr_TR.UTF-8");
  vi.stubEnv("TZ", "Pacific/Easter");
  onTestFinished(() => void vi.unstubAllEnvs());
  const postgres = await cluster().start();
  expect(
    await ask(
      postgres.superuserUrl(),
      "select current_setting('TimeZone') as zone, datlocale as locale, lower('ÑI') as lower from pg_database where datname = 'postgres'",
    ),
  ).toEqual([{ zone: "UTC", locale: "C.UTF-8", lower: "ñi" }]);
});
