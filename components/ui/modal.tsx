"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useEffectEvent, useId, useLayoutEffect, useRef } from "react";
import { createPortal } from "react-dom";
import { CloseContext } from "./close-context";
import { cn } from "./cn";
import { IconButton } from "./icon-button";
import { X } from "./icons";
import { modalLayers } from "./modal-layers";

/** What gets the focus when the layer opens. */
const FIRST =
  "input:not([type='hidden'], :disabled), select:not(:disabled), textarea:not(:disabled), button:not(:disabled), a[href]";

export interface ModalProps {
  title: ReactNode;
  description?: ReactNode;
  /** Classes of the layer: place and size. */
  className: string;
  /** Closes by Esc, the cross, or a press beside it (unless something was typed). */
  onClose: () => void;
  role?: "dialog" | "alertdialog";
  /** The title is read aloud but not shown, and there is no cross. */
  bare?: boolean;
  /** What it shows would be lost: only a button of its content closes it. When it begins, the title is read. */
  held?: boolean;
  footer?: ReactNode;
  children?: ReactNode;
}

/**
 * A layer that takes over the page, on the platform's own `<dialog>`: it keeps the focus inside, makes the
 * rest inert, closes the topmost layer on Esc and gives the focus back. Mount it to open, unmount to close.
 */
export function Modal({
  title,
  description,
  className,
  onClose,
  role = "dialog",
  bare = false,
  held = false,
  footer,
  children,
}: ModalProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const typed = useRef(false);
  const titleId = useId();
  const t = useTranslations("ui");
  const leave = () => {
    if (!held) onClose();
  };
  const closedByBrowser = useEffectEvent(() => {
    if (!held) onClose();
    else {
      dialog.current?.showModal();
      heading.current?.focus();
    }
  });

  useLayoutEffect(() => {
    const element = dialog.current;
    if (!element) return;
    element.showModal();
    const leaveLayers = modalLayers.enter(element);
    // Left to itself the browser takes the scrolling area, when it comes first.
    element.querySelector<HTMLElement>(FIRST)?.focus();
    // A second Esc closes it behind our back where the browser distrusts `cancel`; the event comes late,
    // maybe after it was opened again.
    const closed = () => {
      if (!element.open) closedByBrowser();
    };
    element.addEventListener("close", closed);
    return () => {
      element.removeEventListener("close", closed);
      leaveLayers();
      element.close();
    };
  }, []);

  useEffect(() => {
    if (held) heading.current?.focus();
  }, [held]);

  return createPortal(
    <dialog
      ref={dialog}
      role={role === "dialog" ? undefined : role}
      aria-labelledby={titleId}
      aria-describedby={description ? `${titleId}-text` : undefined}
      className={cn(
        "overlay max-h-none max-w-none flex-col overflow-hidden p-0 shadow-lg open:flex",
        className,
      )}
      onCancel={(event) => {
        if (event.target !== event.currentTarget) return;
        event.preventDefault();
        leave();
      }}
      onInput={() => {
        typed.current = true;
      }}
      onPointerDown={(event) => {
        if (event.target === event.currentTarget && !typed.current && role === "dialog") leave();
      }}
    >
      <CloseContext value={onClose}>
        <header className={cn(bare ? "sr-only" : "shrink-0 px-6 pt-5 pr-14")}>
          <h2 ref={heading} id={titleId} tabIndex={held ? -1 : undefined} className="text-lg font-semibold">
            {title}
          </h2>
          {description && (
            <p id={`${titleId}-text`} className="mt-1 text-sm text-ink-soft">
              {description}
            </p>
          )}
        </header>
        {children && (
          <div className={cn("min-h-0 flex-1 overflow-y-auto overscroll-contain", !bare && "px-6 pt-4 pb-6")}>
            {children}
          </div>
        )}
        {footer && (
          <footer className="flex shrink-0 flex-wrap justify-end gap-3 border-t border-line px-6 py-4 max-sm:flex-col-reverse max-sm:*:w-full">
            {footer}
          </footer>
        )}
        {!bare && !held && (
          <IconButton
            label={t("close")}
            icon={<X aria-hidden />}
            size="sm"
            className="absolute top-3.5 right-3.5"
            onClick={onClose}
          />
        )}
      </CloseContext>
    </dialog>,
    document.body,
  );
}
