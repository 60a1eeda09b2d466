/**
 * The arguments of an ICU message with their kinds, for example `["max", "used:number"]`.
 *
 * Reads what our messages use: plain arguments, `number`, `date`, `time`, `plural`, `selectordinal`, `select`,
 * nested at will, and apostrophe quotes.
 */
export function icuArguments(message: string): string[] {
  const found = new Set<string>();
  readMessage(message, 0, found);
  return [...found].toSorted();
}

/** Reads to the end or to the brace that closes this message; returns where it stopped. */
function readMessage(text: string, from: number, found: Set<string>): number {
  let at = from;
  while (at < text.length && text[at] !== "}") {
    if (text[at] === "'" && /['{}#]/.test(text[at + 1] ?? "")) at = endOfQuote(text, at);
    else if (text[at] === "{") at = readArgument(text, at + 1, found);
    else at += 1;
  }
  return at;
}

function endOfQuote(text: string, from: number): number {
  if (text[from + 1] === "'") return from + 2;
  const end = text.indexOf("'", from + 1);
  return end === -1 ? text.length : end + 1;
}

function readArgument(text: string, from: number, found: Set<string>): number {
  const [head = "", name = "", kind] = /^\s*([\w-]+)\s*(?:,\s*(\w+)\s*)?/.exec(text.slice(from)) ?? [];
  found.add(kind ? `${name}:${kind}` : name);
  let at = from + head.length;
  while (at < text.length && text[at] !== "}") {
    at = text[at] === "{" ? readMessage(text, at + 1, found) + 1 : at + 1;
  }
  return at + 1;
}
