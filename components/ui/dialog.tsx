"use client";

import type { ReactNode } from "react";
import { useState } from "react";
import { Button, type ButtonProps } from "./button";
import { cn } from "./cn";
import { Modal } from "./modal";

const widths = { sm: "sm:w-100", md: "sm:w-130", lg: "sm:w-180", xl: "sm:w-240" } as const;

interface DialogContent {
  title: ReactNode;
  description?: ReactNode;
  size?: keyof typeof widths;
  footer?: ReactNode;
  children?: ReactNode;
}

export interface DialogProps extends DialogContent {
  open: boolean;
  /** What it shows would be lost: only a button of its content closes it. */
  held?: boolean;
  onOpenChange: (open: boolean) => void;
}

/** A layer in the middle of the page; on a phone it rises from the bottom edge. */
export function Dialog({ open, onOpenChange, size = "md", ...content }: DialogProps) {
  if (!open) return null;
  return (
    <Modal
      {...content}
      onClose={() => onOpenChange(false)}
      className={cn(
        "max-h-[min(46rem,calc(100dvh-3rem))] w-full rounded-2xl max-sm:mb-0 max-sm:max-h-[calc(100dvh-2rem)] max-sm:rounded-b-none",
        widths[size],
      )}
    />
  );
}

/** A layer at the right edge, for details and longer forms; the whole width on a phone. */
function Sheet({ open, onOpenChange, size = "md", ...content }: DialogProps) {
  if (!open) return null;
  return (
    <Modal
      {...content}
      onClose={() => onOpenChange(false)}
      className={cn(
        "my-0 mr-0 ml-auto h-dvh w-full border-y-0 border-r-0 [--overlay-from:1rem_0]",
        widths[size],
      )}
    />
  );
}

export interface DialogButtonProps extends Omit<ButtonProps, "title" | "children" | "size">, DialogContent {
  /** Text of the button. */
  label: ReactNode;
  buttonSize?: ButtonProps["size"];
  /** Opens at the edge instead of the middle. */
  as?: "dialog" | "sheet";
}

/** A button with the dialog that it opens; the content is only put on the page while it is open. */
export function DialogButton({
  label,
  buttonSize,
  as = "dialog",
  title,
  description,
  size,
  footer,
  children,
  ...button
}: DialogButtonProps) {
  const [open, setOpen] = useState(false);
  const Layer = as === "sheet" ? Sheet : Dialog;
  return (
    <>
      <Button
        aria-haspopup="dialog"
        {...button}
        {...(buttonSize && { size: buttonSize })}
        onClick={() => setOpen(true)}
      >
        {label}
      </Button>
      <Layer
        open={open}
        onOpenChange={setOpen}
        title={title}
        description={description}
        {...(size && { size })}
        footer={footer}
      >
        {children}
      </Layer>
    </>
  );
}
