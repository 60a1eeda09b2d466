import "server-only";
import { z } from "zod";
import { parsePhone } from "./phone";
import { parseRut } from "./rut";

// Fields as people in Chile type them, for the schemas of forms. Each turns what was typed into what is stored.

/** A line of text: one space between words, one way to write each accent. */
export function line(most: number) {
  return z
    .string()
    .normalize("NFC")
    .transform((text) => text.replace(/\s+/g, " ").trim())
    .pipe(z.string().max(most));
}

/** Several lines of text. */
export function paragraph(most: number) {
  return z.string().normalize("NFC").trim().max(most);
}

/** A field that may stay empty: nothing typed is nothing known. */
export function orNull<S extends z.ZodType>(schema: S) {
  return z.preprocess(
    (value) => (typeof value === "string" && value.trim() === "" ? null : (value ?? null)),
    schema.nullable(),
  );
}

/** A whole number as somebody types it. Nothing typed is refused: `Number("")` would make a zero of it. */
export function countField(least: number, most: number) {
  return z.preprocess((value) => {
    const text = typeof value === "string" ? value.trim() : value;
    if (text === "") return undefined;
    return typeof text === "string" && WHOLE.test(text) ? Number(text) : text;
  }, z.int().min(least).max(most));
}

const WHOLE = /^-?\d{1,15}$/;

/** A RUT in any spelling, stored as `12345678-5`. */
export const rutField = z.string().transform((text, context) => {
  const rut = parseRut(text);
  if (rut === null) context.addIssue({ code: "custom", message: "rut.invalid" });
  return rut ?? z.NEVER;
});

/** A telephone in any spelling, stored as E.164. */
export const phoneField = z.string().transform((text, context) => {
  const phone = parsePhone(text);
  if (phone === null) context.addIssue({ code: "custom", message: "phone.invalid" });
  return phone ?? z.NEVER;
});

/** An e-mail address, stored in lower case. */
export const emailField = z.string().trim().toLowerCase().pipe(z.email().max(254));

/** A checkbox of a form: sent as `on`, or not at all. */
export const checkboxField = z.preprocess((value) => value === true || value === "on", z.boolean());
