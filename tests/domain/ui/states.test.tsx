import { describe, expect, test } from "vitest";
import { statusTones } from "@/components/ui/status";
import { StatusBadge } from "@/components/ui/status-badge";
import { allowed } from "./allowed";
import { seen } from "./seen";

const languages = ["es", "en"] as const;
const badge = (status: string, language: "es" | "en" = "es") =>
  seen(<StatusBadge status={status} />, { language });

describe("the state of something", () => {
  test.each(Object.keys(statusTones))("%s is a word in both languages, in the same colour", (status) => {
    const [es, en] = languages.map((language) => badge(status, language));
    for (const shown of [es, en]) expect(shown?.text).toMatch(/^\p{Lu}[\p{L} ]+$/u);
    expect(es?.text).not.toMatch(/_|common\./);
    expect(es?.all("span")[0]?.attributes["class"]).toBe(en?.all("span")[0]?.attributes["class"]);
    expect(es?.one("span", { "aria-hidden": "true" }).text).toBe("");
  });

  test.each([
    ["public.organizations", "status"],
    ["public.orders", "status"],
    ["public.cash_sessions", "status"],
    ["public.subscriptions", "status"],
    ["public.payments", "status"],
    ["public.refunds", "status"],
    ["public.auto_renewals", "status"],
  ])("is never shown as the code that stands in %s", (table, column) => {
    const codes = allowed(table, column);
    expect(codes.length).toBeGreaterThan(1);
    const raw = codes.filter((code) => badge(code, "es").text === code || badge(code, "en").text === code);
    expect(raw).toEqual([]);
  });

  test("tells good from bad in words as in colour", () => {
    expect(badge("succeeded").text).toBe("Pagado");
    expect(badge("failed").text).toBe("Rechazado");
    expect(badge("voided").text).toBe("Anulada");
    expect(badge("past_due").text).toBe("Pago atrasado");
    expect(badge("paused").text).toBe("En pausa");
    expect(badge("voided", "en").text).toBe("Voided");
  });

  test("that nobody foresaw is shown as it came, without a colour of its own", () => {
    const strange = badge("martian");
    expect(strange.text).toBe("martian");
    expect(strange.all("span")[0]?.attributes["class"]).toContain("bg-neutral-soft");
    expect(badge("toString").text).toBe("toString");
  });
});
