import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { forgetDocument, keepKey, keyOfDocument, sentKey } from "@/components/inventory/kept-document";
import { forget, keep, kept, openKept } from "@/components/ui/kept";

// The browser, as far as it is needed.
const stored = new Map<string, string>();
let forbidden = false;

function allowed(): Map<string, string> {
  if (forbidden) throw new DOMException("SecurityError");
  return stored;
}

beforeEach(() => {
  stored.clear();
  forbidden = false;
  vi.useFakeTimers({ now: new Date("2026-11-30T12:00:00Z") });
  vi.stubGlobal("sessionStorage", {
    getItem: (name: string) => allowed().get(name) ?? null,
    setItem: (name: string, text: string) => allowed().set(name, text),
    removeItem: (name: string) => allowed().delete(name),
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const nothing: readonly string[] = [];
const words = (value: unknown) => (Array.isArray(value) ? value.map(String) : null);
const open = (name = "a") => openKept(name, nothing, words);

describe("what is kept in a tab", () => {
  test("is there after a reload, under its own name alone", () => {
    open().change((now) => [...now, "x"]);
    open().change((now) => [...now, "y"]);
    expect(open().current()).toEqual(["x", "y"]);
    expect(open("b").current()).toBe(nothing);
  });

  test("tells whoever listens, as long as they do", () => {
    const store = open();
    const heard = vi.fn();
    const leave = store.subscribe(heard);
    store.change(() => ["x"]);
    leave();
    store.change(() => ["y"]);
    expect(heard).toHaveBeenCalledOnce();
  });

  test("leaves nothing behind when it is nothing again, or forgotten", () => {
    open().change(() => ["x"]);
    open().change(() => nothing);
    expect(stored.size).toBe(0);
    open().change(() => ["x"]);
    forget("a");
    expect([stored.size, open().current()]).toEqual([0, nothing]);
  });

  test("is another day's work after twelve hours", () => {
    open().change(() => ["x"]);
    vi.advanceTimersByTime(12 * 3_600_000 - 1);
    expect(open().current()).toEqual(["x"]);
    vi.advanceTimersByTime(1);
    expect(open().current()).toBe(nothing);
  });

  test("is left aside when it is no such thing", () => {
    keep("a", { lines: 1 });
    expect(open().current()).toBe(nothing);
    for (const text of ["{", "1", "{}", '{"keptAt":"x","value":[]}']) {
      stored.set("opttius.kept.a", text);
      expect(kept("a"), text).toBeNull();
    }
  });

  test("lives as long as the page where the browser keeps nothing", () => {
    forbidden = true;
    open().change(() => ["x"]);
    expect(open().current()).toEqual(["x"]);
    forget("a");
    expect(open().current()).toBe(nothing);
  });
});

describe("the key of a stock document", () => {
  test("is the same until the document is saved or given up, and after a reload", () => {
    const key = keyOfDocument("reception");
    expect(keyOfDocument("reception")).toBe(key);
    expect(sentKey("reception")).toBe(key);
    expect(keyOfDocument("transfer")).not.toBe(key);
    forgetDocument("reception");
    expect(sentKey("reception")).toBeNull();
    expect(keyOfDocument("reception")).not.toBe(key);
  });

  test("comes back with a document that was given up by mistake", () => {
    const key = keyOfDocument("reception");
    forgetDocument("reception");
    keepKey("reception", key);
    expect(keyOfDocument("reception")).toBe(key);
  });
});
