"use client";

import { useEffect, useEffectEvent } from "react";
import type { Till } from "./cart";
import { type Layer, parkingOf } from "./desk";
import type { TillEvent } from "./till-events";
import { takesText } from "./use-scanner";

interface ShortcutSetting {
  readonly till: Till;
  readonly layer: Layer | null;
  readonly sending: boolean;
  readonly dispatch: (event: TillEvent) => void;
  readonly removeLine: (productId: string) => void;
  readonly startPayment: () => void;
  readonly open: (layer: Layer) => void;
  readonly focusField: () => void;
}

/** The keys of a till. They rest while a dialog is open: its own keys are the only ones then. */
export function useShortcuts(setting: ShortcutSetting): void {
  const pressed = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector("dialog:modal") || setting.sending) return;
    const act = shortcut(event, setting) ?? lineKey(event, setting);
    if (!act) return;
    event.preventDefault();
    act();
  });

  useEffect(() => {
    document.addEventListener("keydown", pressed);
    return () => document.removeEventListener("keydown", pressed);
  }, []);
}

type Act = () => void;

function shortcut({ key, shiftKey, repeat, target }: KeyboardEvent, setting: ShortcutSetting): Act | null {
  const { till, open, startPayment, focusField, dispatch } = setting;
  if (till.finished) {
    const free = !(target instanceof HTMLElement && target.closest("button, a, input, textarea, select"));
    if (key === "Enter" && free && !repeat) return nextSale(dispatch, focusField);
    return key === "F2" ? nextSale(dispatch, focusField) : null;
  }
  const selling = till.lines.length > 0 && !till.pending;
  switch (key) {
    case "F2":
      return focusField;
    case "F4":
      return till.pending ? null : () => open({ kind: "customer" });
    case "F7":
      return till.pending ? null : () => open(shiftKey ? { kind: "parked" } : parkingOf(till));
    case "F8":
      return selling ? () => open({ kind: "discount", productId: null }) : null;
    case "F9":
      return startPayment;
    case "?":
      return isWriting(target) ? null : () => open({ kind: "help" });
    default:
      return null;
  }
}

function nextSale(dispatch: (event: TillEvent) => void, focusField: () => void): Act {
  return () => {
    dispatch({ type: "cleared" });
    focusField();
  };
}

/** Keys that act on the selected line, as long as nobody is writing. */
function lineKey({ key, target }: KeyboardEvent, setting: ShortcutSetting): Act | null {
  const { till, dispatch, open, removeLine } = setting;
  if (isWriting(target) || till.pending || till.finished) return null;
  const line = till.lines.find(({ productId }) => productId === till.selected);
  switch (key) {
    case "ArrowDown":
      return till.lines.length > 0 ? () => dispatch({ type: "selectionMoved", by: 1 }) : null;
    case "ArrowUp":
      return till.lines.length > 0 ? () => dispatch({ type: "selectionMoved", by: -1 }) : null;
    default:
  }
  if (!line) return null;
  const { productId, quantity } = line;
  switch (key) {
    case "+":
      return () => dispatch({ type: "quantitySet", productId, quantity: quantity + 1 });
    case "-":
      return quantity > 1 ? () => dispatch({ type: "quantitySet", productId, quantity: quantity - 1 }) : null;
    case "Delete":
      return () => removeLine(productId);
    case "%":
      return () => open({ kind: "discount", productId });
    case "*":
      return () => focusQuantity(productId);
    default:
      return null;
  }
}

function focusQuantity(productId: string): void {
  const input = document.querySelector<HTMLInputElement>(`input[data-quantity="${CSS.escape(productId)}"]`);
  input?.focus();
  input?.select();
}

/** Writing is text in any field; the product field while it is empty is no writing yet. */
function isWriting(target: EventTarget | null): boolean {
  if (!takesText(target)) return false;
  return !(target instanceof HTMLInputElement && "products" in target.dataset && target.value === "");
}
