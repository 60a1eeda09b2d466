"use client";

import { type ReactNode, type ToggleEvent, useId, useRef, useState } from "react";
import { CloseContext } from "./close-context";
import { cn } from "./cn";
import { type Align, placeFloating } from "./place-floating";

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
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const layer = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);

  function toggled(event: ToggleEvent<HTMLDivElement>) {
    if (event.target !== event.currentTarget) return;
    setOpen(event.newState === "open");
    if (event.newState === "open" && button.current)
      placeFloating(button.current, event.currentTarget, "bottom", align);
  }

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
        onToggle={toggled}
        className={cn("floating max-w-[calc(100vw-1rem)] p-4", className)}
      >
        <CloseContext value={() => layer.current?.hidePopover()}>{children}</CloseContext>
      </div>
    </>
  );
}
