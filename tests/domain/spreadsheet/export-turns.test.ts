import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { inTurn } from "@/lib/spreadsheet/export-turns";

const BUSY = { code: "export.busy", status: 429, details: { retryAfterSeconds: 10 } };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A file whose end is up to the test. */
function aStream() {
  let closes: () => void = () => undefined;
  let breaks: () => void = () => undefined;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new TextEncoder().encode("a;b\r\n"));
      closes = () => controller.close();
      breaks = () => controller.error(new Error("the database went away"));
    },
  });
  return { prepare: async () => new Response(body, { headers: { "x-name": "file" } }), closes, breaks };
}

const aFile = () => Promise.resolve(new Response("a;b\r\n"));
/** How many turns a shop has left. */
async function turnsLeft(owner: string): Promise<number> {
  const open: Response[] = [];
  for (let n = 0; n < 6; n++) {
    const taken = await inTurn(owner, "stream", aStream().prepare).catch(() => null);
    if (taken) open.push(taken);
  }
  for (const response of open) await response.body?.cancel();
  return open.length;
}

describe("files of one shop", () => {
  test("are four at once; a fifth is refused with when to come back, a neighbour's is not", async () => {
    const first = aStream();
    const response = await inTurn("vista", "stream", first.prepare);
    const others: Response[] = [];
    for (const { prepare } of [aStream(), aStream(), aStream()])
      others.push(await inTurn("vista", "stream", prepare));
    await expect(inTurn("vista", "stream", aFile)).rejects.toMatchObject(BUSY);
    expect(await (await inTurn("lumina", "stream", aFile)).text()).toBe("a;b\r\n");
    first.closes();
    expect(await response.text()).toBe("a;b\r\n");
    expect(response.headers.get("x-name")).toBe("file");
    expect(await turnsLeft("vista")).toBe(1);
    for (const { body } of others) await body?.cancel();
    expect(await turnsLeft("vista")).toBe(4);
  });

  test("give their turn back when they fail, at once or midway", async () => {
    await expect(inTurn("atlas", "stream", () => Promise.reject(new Error("no database")))).rejects.toThrow(
      "no database",
    );
    const broken = aStream();
    const response = await inTurn("atlas", "stream", broken.prepare);
    broken.breaks();
    await expect(response.text()).rejects.toThrow("went away");
    expect(await turnsLeft("atlas")).toBe(4);
  });

  test("keep nobody waiting who reads on, where a reader fell asleep", async () => {
    await inTurn("norte", "stream", aStream().prepare);
    expect(await turnsLeft("norte")).toBe(3);
    vi.advanceTimersByTime(120_000);
    expect(await turnsLeft("norte")).toBe(4);
  });
});

test("workbooks of all shops are made one at a time; six wait, and more are refused", async () => {
  const running: (() => void)[] = [];
  let atOnce = 0;
  let most = 0;
  const slow = () =>
    new Promise<Response>((made) => {
      most = Math.max(most, ++atOnce);
      running.push(() => {
        atOnce -= 1;
        made(new Response("workbook"));
      });
    });
  const asked = Array.from({ length: 7 }, (_, n) => inTurn(`shop ${n}`, "workbook", slow));
  await expect(inTurn("shop 7", "workbook", slow)).rejects.toMatchObject(BUSY);
  expect(await (await inTurn("shop 7", "stream", aFile)).text()).toBe("a;b\r\n");
  for (let n = 0; n < 7; n++) {
    await vi.waitFor(() => expect(running).toHaveLength(n + 1));
    running[n]?.();
  }
  for (const response of await Promise.all(asked)) expect(await response.text()).toBe("workbook");
  expect(most).toBe(1);
  expect(await turnsLeft("shop 7")).toBe(4);
});
