import { gzipSync } from "node:zlib";
import { figure, round } from "./load";
import type { Stage } from "./stage";

const PAGES = [
  "/",
  "/pos",
  "/customers",
  "/customers/new",
  "/products",
  "/inventory",
  "/orders",
  "/cash-register",
  "/settings",
  "/billing",
];

/** Client JavaScript that a page's HTML refers to, gzip, against an empty page of the same build with the message provider. */
export async function weight(stage: Stage): Promise<void> {
  const cookie = await stage.cookie(stage.big);
  const empty = await scriptBytes(stage.origin, "/bench/empty", cookie);
  figure("weight empty page", empty / 1024, "KB gzip");
  for (const path of PAGES) {
    const bytes = await scriptBytes(stage.origin, path, cookie);
    figure(`weight ${path}`, bytes / empty, "x an empty page", path === "/pos" ? "<= 1.7" : "<= 1.5", {
      kilobytes: round(bytes / 1024),
    });
  }
}

async function scriptBytes(origin: string, path: string, cookie: string): Promise<number> {
  const answer = await fetch(origin + path, { headers: { cookie }, redirect: "manual" });
  const html = await answer.text();
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
  const scripts = new Set([...html.matchAll(/\/_next\/static\/[\w./~-]+\.js/g)].map(([script]) => script));
  const sizes = await Promise.all(
    [...scripts].map(
      async (script) => gzipSync(Buffer.from(await (await fetch(origin + script)).arrayBuffer())).byteLength,
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
