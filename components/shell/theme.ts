/** Light, dark, or whatever the system of the person says. */
export const themes = ["light", "dark", "system"] as const;
export type Theme = (typeof themes)[number];

/** The cookie that remembers the theme of this browser. */
export const THEME_COOKIE = "theme";

/** The theme that a cookie names; anything else is the system's. */
export function themeOf(text: string | undefined): Theme {
  return themes.find((theme) => theme === text) ?? "system";
}

/** The cookie that remembers whether the bar beside the page is wide. */
export const SIDEBAR_COOKIE = "sidebar";

export type SidebarState = "open" | "narrow";

/** The state that a cookie names; open unless it says otherwise. */
export function sidebarOf(text: string | undefined): SidebarState {
  return text === "narrow" ? "narrow" : "open";
}
