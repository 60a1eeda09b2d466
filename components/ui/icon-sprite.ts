/** Written by `scripts/icons.ts`. The version changes with the drawings, so that browsers keep the file for good. */
export const ICON_SPRITE = "/icons.svg?v=1ba9907deb";
