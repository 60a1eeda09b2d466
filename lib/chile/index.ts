export { roundCash } from "./cash-rounding";
export { formatRut, isRut, parseRut, rutCheckDigit } from "./rut";
export { addTax, splitTax, type TaxSplit } from "./tax";
