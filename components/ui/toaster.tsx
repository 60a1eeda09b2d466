"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { createPortal } from "react-dom";
import { cn } from "./cn";
import { CircleAlert, CircleCheck, Info, X } from "./icons";
import { modalLayers } from "./modal-layers";
import { type Toast, toast, toastStore } from "./toast";

const icons = { success: CircleCheck, danger: CircleAlert, info: Info } as const;
const colours = {
  success: "text-success-solid",
  danger: "text-danger-solid",
  info: "text-info-solid",
} as const;
const PLAIN_MS = 5_000;
const WITH_ACTION_MS = 8_000;

/** Shows the toasts; one of it stands in each shell. While a layer is open they are in it, to be pressed there. */
export function Toaster() {
  const t = useTranslations("ui");
  const toasts = useSyncExternalStore(toastStore.subscribe, toastStore.snapshot, toastStore.serverSnapshot);
  const layer = useSyncExternalStore(modalLayers.subscribe, modalLayers.topmost, modalLayers.serverTopmost);
  const region = useRef<HTMLElement>(null);
  const newest = toasts.at(-1)?.id;

  // Shown anew for each toast, so that it lies above whatever dialog was opened meanwhile. A layer that has just gone took it
  // along out of the page; it comes back without one at once.
  useEffect(() => {
    const shown = region.current;
    if (!shown?.isConnected || newest === undefined) return;
    shown.showPopover();
    return () => {
      if (shown.isConnected) shown.hidePopover();
    };
  }, [newest, layer]);

  const all = (
    <section
      ref={region}
      popover="manual"
      aria-label={t("notifications")}
      aria-live="polite"
      data-chrome
      className={cn(
        "fixed inset-auto right-0 bottom-0 m-0 w-full max-w-104 flex-col gap-2 overflow-visible border-0 bg-transparent p-4 [&:popover-open]:flex",
        // On a telephone a layer has its buttons where toasts stand else.
        layer ? "max-md:top-0 max-md:bottom-auto" : "max-md:bottom-14",
      )}
    >
      {toasts.map((item) => (
        <ToastCard key={item.id} item={item} />
      ))}
    </section>
  );
  return layer ? createPortal(all, layer) : all;
}

function ToastCard({ item }: { item: Toast }) {
  const t = useTranslations("ui");
  const [held, setHeld] = useState(false);
  const { id, tone, message, description, action } = item;
  const durationMs = item.durationMs ?? (action ? WITH_ACTION_MS : PLAIN_MS);
  const Icon = icons[tone];

  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => toast.dismiss(id), durationMs);
    return () => clearTimeout(timer);
  }, [held, id, durationMs]);

  return (
    <div
      role={tone === "danger" ? "alert" : "status"}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className="overlay flex w-full items-start gap-3 rounded-lg py-3 pr-2 pl-4 text-sm shadow-lg"
    >
      <Icon aria-hidden className={`mt-px ${colours[tone]}`} />
      <div className="min-w-0 flex-1 py-px">
        <p className="font-medium">{message}</p>
        {description && <p className="mt-0.5 text-ink-soft">{description}</p>}
      </div>
      {action && (
        <button
          type="button"
          className="-my-1 min-h-9 rounded-sm px-2.5 font-semibold text-brand-text hover:bg-hover pointer-coarse:min-h-11"
          onClick={() => {
            toast.dismiss(id);
            action.run();
          }}
        >
          {action.label}
        </button>
      )}
      <button
        type="button"
        aria-label={t("dismiss")}
        className="-my-1 grid size-9 place-items-center rounded-sm text-ink-faint hover:bg-hover hover:text-ink pointer-coarse:size-11"
        onClick={() => toast.dismiss(id)}
      >
        <X aria-hidden className="size-4" />
      </button>
    </div>
  );
}
