"use client";

import { useEffect, useEffectEvent } from "react";
import { createBurstDetector } from "./scan-burst";

/** A field that takes part in scanning: a code scanned into it is a code and no text, nor an amount. */
export const SCAN_FIELD = { "data-scan": "" } as const;

/** A scan field that a code was typed into. */
export interface ScannedField {
  readonly input: HTMLInputElement;
  /** What it held before the code's first figure. */
  readonly before: string;
}

/**
 * Hears a scanner wherever the focus is, except in a text field that has nothing to do with products or money.
 * The Enter that ends a code presses no button and sends no form.
 *
 * @param onScan gets the code and, when it was typed into a scan field, that field
 */
export function useScanner(onScan: (code: string, field: ScannedField | null) => void): void {
  const scanned = useEffectEvent(onScan);

  useEffect(() => {
    const detector = createBurstDetector();
    let field: ScannedField | null = null;
    const pressed = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const input = scanFieldOf(event.target);
      // The key itself is not in the field yet.
      if (input !== (field?.input ?? null) || detector.begins(event.timeStamp)) {
        field = input && { input, before: input.value };
      }
      const trails = detector.trails(event.key, event.timeStamp);
      const code = detector.press(event.key, event.timeStamp);
      if ((code === null && !trails) || (!field && takesText(event.target))) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (code !== null) scanned(code, field);
    };
    // Before everybody else, so that the Enter can be kept from them.
    document.addEventListener("keydown", pressed, { capture: true });
    return () => document.removeEventListener("keydown", pressed, { capture: true });
  }, []);
}

/** Gives a field back what it shall hold, and lets React hear of it as of any other typing. */
export function refill(input: HTMLInputElement, text: string): void {
  // React keeps its own record of the value; setting it the usual way would go unnoticed.
  const value = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value");
  value?.set?.call(input, text);
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

function scanFieldOf(target: EventTarget | null): HTMLInputElement | null {
  return target instanceof HTMLInputElement && "scan" in target.dataset ? target : null;
}

const NO_TEXT = new Set(["button", "checkbox", "radio", "submit", "reset", "range", "color", "file"]);

/** Whether what has the focus would take letters as text. */
export function takesText(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !NO_TEXT.has(target.type);
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName))
  );
}
