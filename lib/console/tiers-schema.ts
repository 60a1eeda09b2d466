import { z } from "zod";
import { countField, orNull } from "@/lib/chile/fields";
import { tierFeatures } from "@/lib/security/features";
import { addDays, businessDate, dayBounds } from "@/lib/time";
import { parseAmount } from "./parse-amount";
import { tierCodes } from "./vocabulary";

const ZONE = "America/Santiago";
/** As `private.smallest_charge`: below it no gateway takes a payment. */
const SMALLEST = { CLP: 500, USD: 100 } as const;
const MOST_MINOR = 1_000_000_000;
/** How many days ahead a version may go on sale. */
export const TIER_DAYS_AHEAD = 364;

const price = (currency: keyof typeof SMALLEST) =>
  z
    .string()
    .trim()
    .min(1)
    .max(20)
    .transform((text, context) => {
      const minor = parseAmount(text, currency);
      if (minor !== null && minor <= MOST_MINOR && minor >= SMALLEST[currency]) return minor;
      context.addIssue({ code: "custom", message: `tiers.price${currency}`, input: text });
      return z.NEVER;
    });

/** An empty maximum is none. */
const maximum = orNull(countField(1, 10_000_000));

/** The first instant of a day in Santiago; nothing and today mean at once. */
const availableFrom = z
  .union([z.literal(""), z.iso.date()])
  .default("")
  .transform((day, context) => {
    const today = businessDate(new Date(), ZONE);
    if (day === "" || day === today) return null;
    if (day > today && day <= addDays(today, TIER_DAYS_AHEAD)) return dayBounds(day, ZONE).startsAt;
    context.addIssue({ code: "custom", message: "tiers.day", input: day });
    return z.NEVER;
  });

/** A new version of a tier, as its form sends it: pesos whole, dollars with cents. */
export const tierForm = z.object({
  code: z.enum(tierCodes),
  /** The version that was on the screen. */
  replaces: z.coerce.number().int().min(1),
  priceClpMonth: price("CLP"),
  priceClpYear: price("CLP"),
  priceUsdMonth: price("USD"),
  priceUsdYear: price("USD"),
  maxBranches: maximum,
  maxUsers: maximum,
  maxCustomers: maximum,
  maxProducts: maximum,
  features: z.array(z.enum(tierFeatures)).default([]),
  availableFrom,
});
export type NewTierVersion = z.output<typeof tierForm>;
