"use client";

import { type ReactNode, type ToggleEvent, useId, useRef, useState } from "react";
import { CloseContext } from "./close-context";
import { cn } from "./cn";
import { type Align, placeFloating } from "./place-floating";

export interface PopoverProps {
  /** Content of the button. */
  trigger: ReactNode;
  /** Name of the button when its content says too little, and of the layer. */
  label: string;
  /** Tip on hover, for a button that is only an icon. */
  tip?: boolean;
  triggerClassName?: string;
  className?: string;
  align?: Align;
  disabled?: boolean;
  children: ReactNode;
}

/** A button with a small layer beside it that closes on Esc and on a press elsewhere. */
export function Popover({ trigger, label, tip = false, triggerClassName, className, align = "start", disabled, children }: PopoverProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const layer = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);

  function toggled(event: ToggleEvent<HTMLDivElement>) {
    if (event.target !== event.currentTarget) return;
    setOpen(event.newState === "open");
    if (event.newState === "open" && button.current) placeFloating(button.current, event.currentTarget, "bottom", align);
  }

  return (
    <>
      <button
        ref={button}
        type="button"
        popoverTarget={id}
        aria-label={label}
        aria-haspopup="dialog"
        aria-expanded={open}
        data-tip={tip ? label : undefined}
        disabled={disabled}
        className={triggerClassName}
      >
        {trigger}
      </button>
      <div ref={layer} id={id} popover="auto" role="dialog" aria-label={label} onToggle={toggled} className={cn("floating max-w-[calc(100vw-1rem)] p-4", className)}>
        <CloseContext value={() => layer.current?.hidePopover()}>{children}</CloseContext>
      </div>
    </>
  );
}
