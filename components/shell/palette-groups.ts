import type { Recent } from "./recents";

export interface PaletteItem {
  id: string;
  title: string;
  subtitle?: string;
  href: string;
}

export interface PaletteGroup {
  kind: string;
  label: string;
  items: readonly PaletteItem[];
}

interface Sources {
  query: string;
  actions: readonly (PaletteItem & { keywords?: string })[];
  recents: readonly Recent[];
  /** What the server found. */
  found: readonly PaletteGroup[];
  labels: { recent: string; pages: string };
}

/** What the quick search shows: recents and pages while nothing is typed, else what was found, then pages. */
export function groupsFor({ query, actions, recents, found, labels }: Sources): PaletteGroup[] {
  const words = plain(query).split(" ").filter(Boolean);
  const pages = actions.filter(({ title, keywords = "" }) => {
    const text = plain(`${title} ${keywords}`);
    return words.every((word) => text.includes(word));
  });
  const groups: PaletteGroup[] = [
    ...(words.length === 0
      ? [{ kind: "recent", label: labels.recent, items: prefixed("recent", recents) }]
      : found.map((group) => ({ ...group, items: prefixed(group.kind, group.items) }))),
    { kind: "pages", label: labels.pages, items: prefixed("pages", pages) },
  ];
  return groups.filter(({ items }) => items.length > 0);
}

/** The same record may stand in two groups; options need ids of their own. */
function prefixed(kind: string, items: readonly PaletteItem[]): PaletteItem[] {
  return items.map((item) => ({
    ...item,
    id: item.id.startsWith(`${kind}-`) ? item.id : `${kind}-${item.id}`,
  }));
}

/** Lower case without accents: "Configuración" is found by "configuracion". */
function plain(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{Diacritic}/gu, "")
    .toLocaleLowerCase()
    .trim();
}
