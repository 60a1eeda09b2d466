import { AppRouterContext } from "next/dist/shared/lib/app-router-context.shared-runtime";
import {
  PathnameContext,
  SearchParamsContext,
} from "next/dist/shared/lib/hooks-client-context.shared-runtime";
import type { ReactNode } from "react";
import type { Language } from "@/lib/i18n/locale";
import { markup } from "../home/shown";

type Attributes = Readonly<Record<string, string>>;

/** One element as a person or a screen reader meets it. */
export class Seen {
  readonly parts: (Seen | string)[] = [];

  constructor(
    readonly tag: string,
    readonly attributes: Attributes = {},
  ) {}

  /** All that stands written here, one space between pieces. */
  get text(): string {
    return tidy(this.parts.map((part) => (typeof part === "string" ? part : part.text)).join(" "));
  }

  /** What a screen reader calls it: its label, or its words without those that are hidden from it. */
  get name(): string {
    return this.attributes["aria-label"] ?? tidy(this.parts.map(heard).join(" "));
  }

  /** The elements inside of one kind, in the order of the page. */
  all(tag: string, having: Attributes = {}): Seen[] {
    const inside = this.parts.filter((part) => typeof part !== "string");
    return inside.flatMap((part) => [...(part.is(tag, having) ? [part] : []), ...part.all(tag, having)]);
  }

  /** The only element of that kind. */
  one(tag: string, having: Attributes = {}): Seen {
    const [first, ...others] = this.all(tag, having);
    if (!first || others.length > 0)
      throw new Error(
        `${first ? others.length + 1 : 0} × <${tag}> ${JSON.stringify(having)} in: ${this.text}`,
      );
    return first;
  }

  /** The names of all elements of one kind. */
  names(tag: string, having: Attributes = {}): string[] {
    return this.all(tag, having).map(({ name }) => name);
  }

  /** Where the link of this name leads. */
  href(name: string): string | undefined {
    return this.all("a").find((link) => link.name === name)?.attributes["href"];
  }

  /** Tables as rows of words; the headings come first. */
  get rows(): string[][] {
    return this.all("tr").map((row) => [...row.all("th"), ...row.all("td")].map(({ text }) => text));
  }

  /** Facts by what they are called. */
  get facts(): Record<string, string> {
    const [labels, values] = [this.all("dt"), this.all("dd")];
    return Object.fromEntries(labels.map((label, index) => [label.text, values[index]?.text ?? ""]));
  }

  /** The section with this heading. */
  card(title: string): Seen {
    const cards = this.all("section").filter((section) => section.all("h2")[0]?.text.startsWith(title));
    const [card] = cards;
    if (!card) throw new Error(`no card “${title}” in: ${this.names("h2").join(", ")}`);
    return card;
  }

  private is(tag: string, having: Attributes): boolean {
    const matches = Object.entries(having).every(([name, value]) => this.attributes[name] === value);
    return matches && (tag === "*" || tag === this.tag);
  }
}

interface Place {
  readonly language?: Language;
  /** Address of the page, with its query. */
  readonly at?: string;
}

/** A component on a page of the program, as a person of this language gets it. */
export function seen(element: ReactNode, { language = "es", at = "/" }: Place = {}): Seen {
  const [path = "/", query = ""] = at.split("?");
  return read(
    markup(
      <AppRouterContext value={router}>
        <PathnameContext value={path}>
          <SearchParamsContext value={new URLSearchParams(query)}>{element}</SearchParamsContext>
        </PathnameContext>
      </AppRouterContext>,
      language,
    ),
  );
}

const nowhere = () => undefined;
/** A router that stays where it is. */
export const router = {
  bfcacheId: "0",
  back: nowhere,
  forward: nowhere,
  refresh: nowhere,
  hmrRefresh: nowhere,
  push: nowhere,
  replace: nowhere,
  prefetch: nowhere,
};

// React closes every element, or writes it as `<input/>`, and quotes every value.
const PIECE = /<(\/?)([a-z][\w-]*)((?:\s+[\w:-]+="[^"]*")*)\s*(\/?)>|([^<]+)/gi;
// With a form React sends a script that keeps an early submit; nobody reads it.
const SCRIPT = /<script[\s\S]*?<\/script>/g;
const ATTRIBUTE = /([\w:-]+)="([^"]*)"/g;

function read(html: string): Seen {
  const root = new Seen("page");
  const open = [root];
  for (const [, closes, tag, attributes = "", closed, text] of html.replaceAll(SCRIPT, "").matchAll(PIECE)) {
    const parent = open.at(-1) ?? root;
    if (text !== undefined) parent.parts.push(decoded(text));
    else if (closes) open.pop();
    else {
      const values = [...attributes.matchAll(ATTRIBUTE)].map(
        ([, name = "", value = ""]) => [name.toLowerCase(), decoded(value)] as const,
      );
      const element = new Seen(tag ?? "", Object.fromEntries(values));
      parent.parts.push(element);
      if (!closed) open.push(element);
    }
  }
  if (open.length !== 1) throw new Error(`<${open.at(-1)?.tag}> does not end`);
  return root;
}

const entities: Readonly<Record<string, string>> = {
  "&quot;": '"',
  "&#x27;": "'",
  "&lt;": "<",
  "&gt;": ">",
  "&amp;": "&",
};

function decoded(text: string): string {
  return text.replaceAll(/&(?:quot|#x27|lt|gt|amp);/g, (entity) => entities[entity] ?? entity);
}

function heard(part: Seen | string): string {
  if (typeof part === "string") return part;
  return part.attributes["aria-hidden"] === "true" ? "" : part.name;
}

function tidy(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}
