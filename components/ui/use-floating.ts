"use client";

import { type ToggleEvent, useId, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { type Align, placeFloating } from "./place-floating";

/**
 * A layer of the platform (`popover`) that is placed beside its button. Its content is put on the page when it
 * first opens, because most menus are never looked at, and stays: an entry may have opened a dialog of its own.
 *
 * @param onOpened runs when the layer stands in its place, for example to move the focus
 */
export function useFloating(align: Align, onOpened?: (layer: HTMLElement) => void) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const layer = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const [filled, setFilled] = useState(false);

  function beforeToggle(event: ToggleEvent<HTMLDivElement>) {
    if (event.target !== event.currentTarget || event.newState !== "open") return;
    flushSync(() => setFilled(true));
  }

  function toggled(event: ToggleEvent<HTMLDivElement>) {
    if (event.target !== event.currentTarget) return;
    const { newState, currentTarget } = event;
    setOpen(newState === "open");
    if (newState !== "open" || !button.current) return;
    placeFloating(button.current, currentTarget, "bottom", align);
    onOpened?.(currentTarget);
  }

  return {
    id,
    button,
    layer,
    open,
    filled,
    layerEvents: { onBeforeToggle: beforeToggle, onToggle: toggled },
  };
}
