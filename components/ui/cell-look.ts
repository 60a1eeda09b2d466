import { cn } from "./cn";

const hidden = { md: "max-md:hidden", lg: "max-lg:hidden", xl: "max-xl:hidden" } as const;

/** How a heading and the values under it stand. */
export interface Aligned {
  /** Figures stand at the right, in digits of one width. */
  numeric?: boolean;
  /** Left out where the screen is narrow: `md` below 768 px, `lg` below 1024 px, `xl` below 1280 px. */
  hideBelow?: keyof typeof hidden;
}

/** The attributes of a cell or a heading; its look stands in app/globals.css (`.data-table`). */
export function cellLook({ numeric, hideBelow }: Aligned, className: string | undefined) {
  const absent = hideBelow && hidden[hideBelow];
  return {
    "data-numeric": numeric ? "" : undefined,
    className: absent || className ? cn(absent, className) : undefined,
  };
}
