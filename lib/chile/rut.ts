/** Anything people put between the digits: dots, spaces, dashes of every kind, pasted apostrophes. */
const SEPARATORS = /[.\s'’\u2010-\u2015-]/gu;
const SHAPE = /^0*([1-9]\d{0,7})([\dK])$/;

/**
 * Reads a RUT as people write it: with or without dots, dash, spaces, leading zeros, lower-case k.
 *
 * @returns as it is stored, `12345678-5`, or null when it is none or its check digit is wrong
 * @see Servicio de Registro Civil: modulus 11, weights 2 to 7 from the right
 */
export function parseRut(text: string): string | null {
  if (text.length > 40) return null; // longer is no RUT, whatever it holds
  const [, body, digit] = SHAPE.exec(text.replaceAll(SEPARATORS, "").toUpperCase()) ?? [];
  if (body === undefined || digit !== rutCheckDigit(body)) return null;
  return `${body}-${digit}`;
}

/** Whether a text is a RUT with the right check digit, in any spelling. */
export function isRut(text: string): boolean {
  return parseRut(text) !== null;
}

/** Writes a RUT for a person, `12.345.678-5`. What is no RUT stays as it was given: nothing is hidden. */
export function formatRut(text: string): string {
  const rut = parseRut(text);
  return rut === null ? text : rut.replace(/\B(?=(\d{3})+-)/g, ".");
}

/**
 * The check digit of a RUT's body. Never complete a typed RUT with it: a mistyped one would turn valid.
 *
 * @param body digits only
 */
export function rutCheckDigit(body: string): string {
  const sum = [...body].reverse().reduce((all, digit, place) => all + Number(digit) * (2 + (place % 6)), 0);
  const rest = 11 - (sum % 11);
  if (rest === 11) return "0";
  return rest === 10 ? "K" : String(rest);
}
