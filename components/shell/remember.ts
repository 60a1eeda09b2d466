import { SIDEBAR_COOKIE, THEME_COOKIE, type Theme } from "./theme";

const ONE_YEAR_SECONDS = 365 * 24 * 60 * 60;

function remember(name: string, value: string) {
  document.cookie = `${name}=${value}; path=/; max-age=${ONE_YEAR_SECONDS}; samesite=lax`;
}

/** Applies a theme at once and remembers it. Browser only. */
export function chooseTheme(theme: Theme): void {
  remember(THEME_COOKIE, theme);
  const page = document.documentElement;
  if (theme === "system") delete page.dataset["theme"];
  else page.dataset["theme"] = theme;
}

/** The theme chosen in this browser. Browser only. */
function chosenTheme(): Theme {
  const chosen = document.documentElement.dataset["theme"];
  return chosen === "light" || chosen === "dark" ? chosen : "system";
}

/** The theme chosen in this browser, in the form of `useSyncExternalStore`. */
export const themeStore = {
  subscribe: (changed: () => void) => {
    const watch = new MutationObserver(changed);
    watch.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    return () => watch.disconnect();
  },
  snapshot: chosenTheme,
  serverSnapshot: (): Theme => "system",
};

/** The theme that is seen now, whoever chose it. Browser only. */
export function visibleTheme(): "light" | "dark" {
  const chosen = chosenTheme();
  if (chosen !== "system") return chosen;
  return window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

/** Makes the bar beside the page wide or narrow and remembers it. Browser only. */
export function toggleSidebar(shell: HTMLElement): void {
  const next = shell.dataset["sidebar"] === "open" ? "narrow" : "open";
  shell.dataset["sidebar"] = next;
  remember(SIDEBAR_COOKIE, next);
}
