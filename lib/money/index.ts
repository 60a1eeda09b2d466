export { type Currency, exponents, isCurrency } from "./currency";
export { formatMoney } from "./format-money";
export { parseDollars } from "./parse-dollars";
export { parsePesos } from "./parse-pesos";
export { spread } from "./spread";
