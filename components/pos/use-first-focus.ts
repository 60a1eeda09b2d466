"use client";

import { useEffect } from "react";

/**
 * Puts the focus on what a dialog is about, after the dialog itself has chosen the first control.
 *
 * @param selector of one field in the open dialog
 * @param again changes when the field is another one under the same selector
 */
export function useFirstFocus(selector: string, again?: string): void {
  useEffect(() => {
    const field = document.querySelector(`dialog:modal ${selector}`);
    if (field instanceof HTMLInputElement) {
      field.focus();
      field.select();
    }
  }, [selector, again]);
}
