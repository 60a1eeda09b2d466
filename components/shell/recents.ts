/** One thing that was opened from the quick search. */
export interface Recent {
  id: string;
  title: string;
  subtitle?: string;
  href: string;
}

const AT_MOST = 6;

/** What this person opened lately, the newest first; nothing when the browser forbids to remember. */
export function readRecents(scope: string): Recent[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key(scope)) ?? "[]");
    return Array.isArray(stored) ? stored.filter(isRecent).slice(0, AT_MOST) : [];
  } catch {
    return []; // private browsing, or somebody else wrote there
  }
}

/** Puts something at the head of the recents. */
export function rememberRecent(scope: string, recent: Recent): void {
  const kept = readRecents(scope).filter(({ href }) => href !== recent.href);
  try {
    localStorage.setItem(key(scope), JSON.stringify([recent, ...kept].slice(0, AT_MOST)));
  } catch {
    return; // full or forbidden: recents are a comfort only
  }
}

function key(scope: string): string {
  return `opttius.recents.${scope}`;
}

function isRecent(value: unknown): value is Recent {
  if (typeof value !== "object" || value === null) return false;
  const { id, title, href } = value as Partial<Recent>;
  // A path alone: nothing written here may lead out of the program.
  return (
    typeof id === "string" && typeof title === "string" && typeof href === "string" && /^\/(?!\/)/.test(href)
  );
}
