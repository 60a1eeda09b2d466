import { expect, test } from "vitest";
import { formats } from "@/lib/i18n/formats";
import { isLanguage, languageOf, localeTags } from "@/lib/i18n/locale";

test("an unknown language in the cookie is not taken for one", () => {
  expect(isLanguage("es")).toBe(true);
  expect(isLanguage("fr")).toBe(false);
  expect(isLanguage(undefined)).toBe(false);
});

test("a locale tag leads back to its language, and an unknown one to Spanish", () => {
  expect(languageOf("es-CL")).toBe("es");
  expect(languageOf("en-GB")).toBe("en");
  expect(languageOf("pt-BR")).toBe("es");
});

test("the hour is written with 24 hours in both languages", () => {
  for (const tag of Object.values(localeTags)) {
    const written = new Intl.DateTimeFormat(tag, { ...formats.dateTime.time, timeZone: "America/Santiago" });
    expect(written.format(new Date("2026-11-22T03:05:00Z"))).toBe("00:05");
  }
});
