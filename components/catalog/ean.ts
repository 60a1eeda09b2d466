/**
 * Whether a barcode is worth a second look: it has the length of an EAN (8, 13) or UPC (12), is all digits, and its
 * check digit is wrong. Suppliers print such codes, so this warns and never refuses.
 *
 * @see GS1 General Specifications, 7.9: weights 3 and 1 from the right, modulo 10
 */
export function hasWrongCheckDigit(barcode: string): boolean {
  if (!/^(\d{8}|\d{12,13})$/.test(barcode)) return false;
  const digits = [...barcode].map(Number).reverse();
  const sum = digits.reduce((all, digit, place) => all + digit * (place % 2 === 1 ? 3 : 1), 0);
  return sum % 10 !== 0;
}
