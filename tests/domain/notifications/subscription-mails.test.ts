import { describe, expect, test } from "vitest";
import type { Language } from "@/lib/i18n/locale";
import {
  type SubscriptionFacts,
  type SubscriptionMailKind,
  subscriptionMail,
} from "@/lib/notifications/templates";

const written = (
  kind: SubscriptionMailKind,
  facts: Partial<SubscriptionFacts> = {},
  language: Language = "es",
) => subscriptionMail(kind, "Óptica Vista", { tier: "pro", ...facts }, "https://shop.test", language);

describe("a reminder of the trial's end", () => {
  test.each([
    ["trial_7", 5, "es", "Quedan 5 días de prueba"],
    ["trial_3", 2, "es", "Quedan 2 días de prueba"],
    ["trial_1", 1, "es", "Queda 1 día de prueba"],
    ["trial_7", 5, "en", "5 days of your trial are left"],
    ["trial_1", 1, "en", "1 day of your trial is left"],
  ] as const)("%s with %i left says so in %s", async (kind, days, language, subject) => {
    const mail = await written(kind, { days }, language);
    expect(mail.subject).toBe(subject);
    expect(mail.html).toContain(subject);
  });

  test("says in its text what it says above", async () => {
    expect((await written("trial_3", { days: 2 })).text).toContain(
      "La prueba de Óptica Vista termina en 2 días.",
    );
  });

  test.each([
    ["trial_7", "Quedan 7 días de prueba"],
    ["trial_3", "Quedan 3 días de prueba"],
    ["trial_1", "Queda 1 día de prueba"],
  ] as const)("%s whose job waits from before the days were told is still written", async (kind, subject) => {
    expect((await written(kind)).subject).toBe(subject);
  });
});

describe("a subscription that staff ended", () => {
  const endsAt = new Date("2026-05-02T02:00:00Z");

  test.each([
    ["es", "Tu suscripción termina el 1 de mayo de 2026", "El equipo de Opttius terminó", "Cancelaste"],
    ["en", "Your subscription ends on 1 May 2026", "The Opttius team ended", "You cancelled"],
  ] as const)("is told as what it is, in %s", async (language, subject, who, lie) => {
    const mail = await written("end_planned_by_staff", { endsAt }, language);
    expect(mail.subject).toBe(subject);
    expect(mail.text).toContain(who);
    expect(mail.text).not.toContain(lie);
    expect((await written("ended_by_staff", {}, language)).text).toContain(who);
  });

  test("at its owner's wish is told as that", async () => {
    expect((await written("cancel_planned", { endsAt })).text).toContain(
      "Cancelaste la suscripción de Óptica Vista",
    );
  });
});
