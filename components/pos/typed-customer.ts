import { isRut } from "@/lib/chile";

/** What somebody new is known by so far, each where the form asks for it. */
export interface TypedCustomer {
  readonly givenNames: string;
  readonly surnames: string;
  readonly rut: string;
  readonly phone: string;
  readonly email: string;
}

const NUMBER = /^[+(]?[\d.\-()\s]*\d[\d.\-()\s]*[kK]?$/;
/** Fewer are the beginning of a number, which nobody is called by. */
const FEWEST_DIGITS = 8;

/** Tells from a search that found nobody who is to be recorded: words are the name, figures never. */
export function typedCustomer(typed: string): TypedCustomer {
  const text = typed.trim();
  const words = NUMBER.test(text) ? [] : text.split(/\s+/);
  const isName = (word: string) => !/[\d@]/.test(word) && /\p{L}/u.test(word);
  const [givenNames = "", ...surnames] = words.filter(isName);
  const number = words.length === 0 ? text : words.filter((word) => /^[+(]?\d/.test(word)).join(" ");
  return {
    givenNames,
    surnames: surnames.join(" "),
    email: words.find((word) => word.includes("@")) ?? "",
    ...numberOf(number),
  };
}

/** Some figures are a valid RUT and a telephone at once: bare they are taken for the telephone. */
function numberOf(text: string): { rut: string; phone: string } {
  if (!looksLikePhone(text) && isRut(text)) return { rut: text, phone: "" };
  const isPhone = text.replaceAll(/\D/g, "").length >= FEWEST_DIGITS && !/k$/i.test(text);
  return { rut: "", phone: isPhone ? text : "" };
}

/** A Chilean mobile, or a number with its country; with dots or a hyphen people write a RUT. */
function looksLikePhone(text: string): boolean {
  const digits = text.replaceAll(/\D/g, "");
  return text.startsWith("+") || /^56\d{9}$/.test(digits) || (/^9\d{8}$/.test(digits) && !/[.-]/.test(text));
}
