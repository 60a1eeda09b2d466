"use client";

import { useEffect, useRef } from "react";
import { placeFloating } from "./place-floating";

const DELAY_MS = 350;
const NARROW_PX = 64;

/**
 * Shows the text of `data-tip` beside whatever carries it, on hover and on keyboard focus; Esc puts it away.
 * One of it serves a whole page. The tip repeats the accessible name, so it is hidden from screen readers.
 */
export function Tips() {
  const layer = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const tip = layer.current;
    if (!tip) return;
    let timer: ReturnType<typeof setTimeout> | undefined;

    const hide = () => {
      clearTimeout(timer);
      if (tip.matches(":popover-open")) tip.hidePopover();
    };
    const show = (anchor: HTMLElement) => {
      hide();
      tip.textContent = anchor.dataset["tip"] ?? "";
      tip.showPopover();
      placeFloating(anchor, tip, anchor.dataset["tipSide"] === "right" ? "right" : "top", "center");
    };
    const hovered = (event: PointerEvent) => {
      const anchor = anchorOf(event.target);
      clearTimeout(timer);
      if (!anchor || event.pointerType === "touch") return hide();
      timer = setTimeout(() => show(anchor), DELAY_MS);
    };
    const focused = (event: FocusEvent) => {
      const anchor = anchorOf(event.target);
      if (anchor?.matches(":focus-visible")) show(anchor);
      else hide();
    };
    const pressed = (event: KeyboardEvent) => {
      if (event.key === "Escape") hide();
    };

    const listening = new AbortController();
    const { signal } = listening;
    document.addEventListener("pointerover", hovered, { signal });
    document.addEventListener("focusin", focused, { signal });
    document.addEventListener("focusout", hide, { signal });
    document.addEventListener("pointerdown", hide, { signal });
    document.addEventListener("keydown", pressed, { signal });
    document.addEventListener("scroll", hide, { signal, capture: true, passive: true });
    return () => {
      hide();
      listening.abort();
    };
  }, []);

  return (
    <div
      ref={layer}
      popover="manual"
      aria-hidden="true"
      data-scheme="dark"
      className="floating pointer-events-none max-w-72 rounded-sm px-2 py-1 text-xs font-medium"
    />
  );
}

function anchorOf(target: EventTarget | null): HTMLElement | null {
  const anchor = target instanceof Element ? target.closest<HTMLElement>("[data-tip]") : null;
  if (!anchor) return null;
  // An open menu explains itself, and so does an entry of the navigation while its text is shown.
  const named = anchor.dataset["tipSide"] === "right" && anchor.offsetWidth > NARROW_PX;
  return named || anchor.getAttribute("aria-expanded") === "true" ? null : anchor;
}
