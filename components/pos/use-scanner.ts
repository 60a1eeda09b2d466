"use client";

import { useEffect, useEffectEvent } from "react";
import { createBurstDetector } from "./scan-burst";

/** A field that takes part in scanning: a code scanned into it is a code and no text. */
export const SCAN_FIELD = { "data-scan": "" } as const;

/**
 * Hears a scanner wherever the focus is, except in a text field that has nothing to do with products.
 * The Enter that ends a code presses no button and sends no form.
 *
 * @param onScan gets the code and, when it was typed into a scan field, that field
 */
export function useScanner(onScan: (code: string, field: HTMLInputElement | null) => void): void {
  const scanned = useEffectEvent(onScan);

  useEffect(() => {
    const detector = createBurstDetector();
    const pressed = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const code = detector.press(event.key, event.timeStamp);
      const target = event.target instanceof HTMLElement ? event.target : null;
      const field = target instanceof HTMLInputElement && "scan" in target.dataset ? target : null;
      if (code === null || (!field && takesText(target))) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      scanned(code, field);
    };
    // Before everybody else, so that the Enter can be kept from them.
    document.addEventListener("keydown", pressed, { capture: true });
    return () => document.removeEventListener("keydown", pressed, { capture: true });
  }, []);
}

const NO_TEXT = new Set(["button", "checkbox", "radio", "submit", "reset", "range", "color", "file"]);

/** Whether what has the focus would take letters as text. */
export function takesText(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !NO_TEXT.has(target.type);
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName))
  );
}
