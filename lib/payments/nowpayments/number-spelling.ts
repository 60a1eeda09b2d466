/** How a language writes the number that it read from a literal. */
export type NumberSpelling = (literal: string) => string;

/** A decimal as `0.digits × 10^point`, without zeros at either end of the digits; zero has none. */
interface Decimal {
  readonly sign: "" | "-";
  readonly digits: string;
  readonly point: number;
  /** Written with a point or an exponent: a float to languages that have integers too. */
  readonly isFloat: boolean;
}

const LITERAL = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/;

/** As it was written. */
export const asWritten: NumberSpelling = (literal) => literal;

/**
 * As ECMAScript's Number::toString lays out these digits: `15.0` → `15`, `1e-07` → `1e-7`, `1e21` → `1e+21`.
 * Digits are never rounded: a number that JavaScript cannot hold exactly has no spelling but its own.
 */
export const asJavaScript: NumberSpelling = (literal) =>
  respell(literal, ({ sign, digits, point }) => {
    if (digits === "") return "0";
    const text = point > -6 && point <= 21 ? plain(digits, point) : scientific(digits, point, 1);
    return sign + text;
  });

/** As Python's `json.dumps`: integers stay, floats as `repr` has them: `15.0`, `1e-08`, `1e+16`. */
export const asPython: NumberSpelling = (literal) =>
  respell(literal, ({ sign, digits, point, isFloat }) => {
    if (!isFloat) return literal;
    if (digits === "") return `${sign}0.0`;
    if (point <= -4 || point > 16) return sign + scientific(digits, point, 2);
    const text = plain(digits, point);
    return sign + (text.includes(".") ? text : `${text}.0`);
  });

/** As PHP's `json_encode` with `serialize_precision` -1: integers stay, `15.0` → `15`, `1e-8` → `1.0e-8`. */
export const asPhp: NumberSpelling = (literal) =>
  respell(literal, ({ sign, digits, point, isFloat }) => {
    if (!isFloat) return literal;
    if (digits === "") return `${sign}0`;
    if (point >= -3 && point <= 17) return sign + plain(digits, point);
    return sign + scientific(digits.length === 1 ? `${digits}0` : digits, point, 1);
  });

function respell(literal: string, spell: (decimal: Decimal) => string): string {
  const match = LITERAL.exec(literal);
  if (!match) return literal; // an exponent of four digits: no language of these holds such a number
  const [, sign, whole = "", fraction = "", exponent = "0"] = match;
  const all = (whole + fraction).replace(/^0+/, "");
  const point = whole.length + Number(exponent) - (whole.length + fraction.length - all.length);
  return spell({
    sign: sign === "-" ? "-" : "",
    digits: all.replace(/0+$/, ""),
    point,
    isFloat: /[.eE]/.test(literal),
  });
}

function plain(digits: string, point: number): string {
  if (point <= 0) return `0.${"0".repeat(-point)}${digits}`;
  if (digits.length <= point) return digits.padEnd(point, "0");
  return `${digits.slice(0, point)}.${digits.slice(point)}`;
}

function scientific(digits: string, point: number, exponentDigits: number): string {
  const exponent = point - 1;
  const mantissa = digits.length === 1 ? digits : `${digits.slice(0, 1)}.${digits.slice(1)}`;
  return `${mantissa}e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(exponentDigits, "0")}`;
}
