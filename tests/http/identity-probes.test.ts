import { NextRequest } from "next/server";
import { expect, test } from "vitest";
import { GET as live } from "@/app/api/health/live/route";
import { GET as ready } from "@/app/api/health/ready/route";
import { GET as metrics } from "@/app/api/metrics/route";
import { GET as version } from "@/app/api/version/route";
import type { RouteHandler } from "@/lib/security/route";
import { database } from "../support/database";

const TOKEN = "a-token-for-whoever-watches";
process.env["METRICS_TOKEN"] = TOKEN;

function ask(route: RouteHandler, authorization?: string): Promise<Response> {
  const headers = new Headers(authorization ? { authorization } : undefined);
  return route(new NextRequest("http://127.0.0.1:3000/api", { headers }), { params: Promise.resolve({}) });
}

test("a process that runs says so", async () => {
  expect(await (await ask(live)).json()).toEqual({ status: "ok" });
});

test("a stranger learns whether people may be sent here, whoever watches learns why", async () => {
  const stranger = await ask(ready);
  expect([stranger.status, await stranger.json()]).toEqual([200, { status: "ok" }]);
  expect(await (await ask(ready, "Bearer wrong")).json()).toEqual({ status: "ok" });
  expect(await (await ask(ready, `Bearer ${TOKEN}`)).json()).toMatchObject({
    status: "ok",
    checks: {
      database: "ok",
      migrations: "ok",
      configuration: "ok",
      redis: "off",
      gateways: { flow: "off" },
    },
  });
});

test("figures are for whoever has the token; for the others there is nothing here", async () => {
  for (const authorization of [undefined, "Bearer ", "Bearer wrong", TOKEN, `Basic ${TOKEN}`]) {
    expect((await ask(metrics, authorization)).status).toBe(404);
  }
  const answer = await ask(metrics, `Bearer ${TOKEN}`);
  const text = await answer.text();
  expect(answer.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
  for (const line of text.trimEnd().split("\n")) {
    expect(line).toMatch(
      /^(# TYPE opttius_\w+ (gauge|counter)|opttius_\w+(\{[\w="]+(,[\w="]+)*\})? [\d.e+-]+)$/,
    );
  }
  expect(text).toContain("opttius_outbox_oldest_seconds 0");
  expect(text).toContain('opttius_db_connections{pool="app",state="waiting"} 0');
});

test("the version is the package's", async () => {
  expect(await (await ask(version)).json()).toEqual({
    name: "opttius",
    version: expect.stringMatching(/^\d+\.\d+\.\d+/) as string,
  });
});

test("a process whose database is behind takes nobody", async () => {
  const history = "supabase_migrations.schema_migrations";
  const { rowCount } = await database().owner.query(
    `delete from ${history} where version = (select max(version) from ${history})`,
  );
  expect(rowCount).toBe(1);
  const answer = await ask(ready, `Bearer ${TOKEN}`);
  expect(answer.status).toBe(503);
  expect(await answer.json()).toMatchObject({
    status: "unavailable",
    checks: { database: "ok", migrations: "failed" },
  });
});
