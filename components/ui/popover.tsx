"use client";

import type { ReactNode } from "react";
import { CloseContext } from "./close-context";
import { cn } from "./cn";
import type { Align } from "./place-floating";
import { useFloating } from "./use-floating";

export interface PopoverProps {
  /** Content of the button. */
  trigger: ReactNode;
  /** Accessible name of the layer. */
  label: string;
  /** The button shows no text: the label is its name and its tip. */
  iconOnly?: boolean;
  triggerClassName?: string;
  className?: string;
  align?: Align;
  disabled?: boolean;
  children: ReactNode;
}

/** A button with a small layer beside it that closes on Esc and on a press elsewhere. */
export function Popover({
  trigger,
  label,
  iconOnly = false,
  triggerClassName,
  className,
  align = "start",
  disabled,
  children,
}: PopoverProps) {
  const { id, button, layer, open, filled, layerEvents } = useFloating(align);

  return (
    <>
      <button
        ref={button}
        type="button"
        popoverTarget={id}
        aria-label={iconOnly ? label : undefined}
        aria-haspopup="dialog"
        aria-expanded={open}
        data-tip={iconOnly ? label : undefined}
        disabled={disabled}
        className={triggerClassName}
      >
        {trigger}
      </button>
      <div
        ref={layer}
        id={id}
        popover="auto"
        role="dialog"
        aria-label={label}
        {...layerEvents}
        className={cn("floating max-w-[calc(100vw-1rem)] p-4", className)}
      >
        {filled && <CloseContext value={() => layer.current?.hidePopover()}>{children}</CloseContext>}
      </div>
    </>
  );
}
