import "server-only";
import { z } from "zod";
import { emailField, line, orNull, paragraph, phoneField, rutField } from "@/lib/chile/fields";
import { chileanZones } from "@/lib/time";

/** What a shop says about itself on its receipts. */
export const organizationDetails = z.object({
  name: line(120).pipe(z.string().min(1)),
  /** Razón social. */
  legalName: orNull(line(160)),
  rut: orNull(rutField),
  /** Giro. */
  activity: orNull(line(160)),
  address: orNull(line(200)),
  comuna: orNull(line(80)),
  phone: orNull(phoneField),
  email: orNull(emailField),
  receiptFooter: orNull(paragraph(300)),
});
export type OrganizationDetails = z.output<typeof organizationDetails>;

/** The same from a form: `updatedAt` says which state of the shop the person saw. */
export const changedOrganization = organizationDetails.extend({
  updatedAt: z.iso.datetime({ offset: true }),
});
export type ChangedOrganization = z.output<typeof changedOrganization>;

/** Both bounds also stand in the checks of the table. */
export const LARGEST_LOGO_BYTES = 262_144;
export const LARGEST_LOGO_SIDE = 1024;

/** An uploaded logo. What it really is, its bytes say: `changeLogo`. */
export const newLogo = z.object({
  logo: z
    .instanceof(File, { error: "settings.refusals.logoMissing" })
    .refine((file) => file.size <= LARGEST_LOGO_BYTES, { error: "settings.refusals.logoTooHeavy" }),
});
export type NewLogo = z.output<typeof newLogo>;

/** ISO weekdays: 1 is Monday. */
export const weekdays = ["1", "2", "3", "4", "5", "6", "7"] as const;
export type Weekday = (typeof weekdays)[number];

export interface OpeningHours {
  /** `HH:MM` on the branch's clock. */
  readonly opens: string;
  readonly closes: string;
}

/** `9:30`, `0930` and `09:30` are one time. */
const hour = z
  .string({ error: "settings.refusals.hour" })
  .transform((text) =>
    text.trim().replace(/^(\d{1,2})[:.]?(\d{2})$/, (_, h: string, m: string) => `${h.padStart(2, "0")}:${m}`),
  )
  .pipe(z.iso.time({ precision: -1, error: "settings.refusals.hour" }));
const openingHours = z.object({ opens: hour, closes: hour }).refine(({ opens, closes }) => opens < closes, {
  path: ["closes"],
  error: "settings.refusals.closesAfterOpening",
  // What is no hour is neither before nor after another one.
  when: ({ issues }) => issues.length === 0,
});

const branchFields = z.object({
  name: line(80).pipe(z.string().min(1)),
  address: orNull(line(200)),
  comuna: orNull(line(80)),
  phone: orNull(phoneField),
  timeZone: z.enum(chileanZones),
  /** Days that are missing are closed. */
  hours: z.partialRecord(z.enum(weekdays), openingHours).default({}),
});

/** A branch as a form sends it: `hours.1.open`, `hours.1.opens`, `hours.1.closes` for Monday, and so on. */
export const newBranch = z.preprocess(gatherHours, branchFields);
export type NewBranch = z.output<typeof newBranch>;

/** The same, for a branch that was read before: `version` says which state of it the person saw. */
export const changedBranch = z.preprocess(
  gatherHours,
  branchFields.extend({ id: z.uuid(), version: z.coerce.number().int().positive() }),
);
export type ChangedBranch = z.output<typeof changedBranch>;

export const branchReference = z.object({ id: z.uuid() });

/** A day whose box is not ticked is closed, whatever its fields still hold. */
function gatherHours(input: unknown): unknown {
  if (typeof input !== "object" || input === null || "hours" in input) return input;
  const sent = new Map<string, unknown>(Object.entries(input));
  const open = weekdays.filter((weekday) => sent.get(`hours.${weekday}.open`) === "on");
  const hours = open.map((weekday): [string, unknown] => [
    weekday,
    { opens: sent.get(`hours.${weekday}.opens`), closes: sent.get(`hours.${weekday}.closes`) },
  ]);
  return { ...input, hours: Object.fromEntries<unknown>(hours) };
}
