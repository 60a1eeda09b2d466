"use client";

import { createContext, use } from "react";

/** Closes the dialog, sheet or popover around; null outside of one. */
export const CloseContext = createContext<(() => void) | null>(null);

/** Closes the layer around, for example from a button in its footer. */
export function useClose(): () => void {
  const close = use(CloseContext);
  return close ?? (() => undefined);
}
