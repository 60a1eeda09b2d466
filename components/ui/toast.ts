"use client";

type ToastTone = "success" | "danger" | "info";

export interface ToastOptions {
  description?: string;
  /** A button on the toast; pressing it also puts the toast away. */
  action?: { label: string; run: () => void };
  /** Milliseconds on screen; waits while the pointer or the focus is on it. */
  durationMs?: number;
}

export interface Toast extends ToastOptions {
  id: number;
  tone: ToastTone;
  message: string;
}

const AT_MOST = 3;
const none: readonly Toast[] = [];
let current: readonly Toast[] = none;
let lastId = 0;
const listeners = new Set<() => void>();

function publish(next: readonly Toast[]) {
  current = next;
  for (const listener of listeners) listener();
}

function show(tone: ToastTone, message: string, options: ToastOptions = {}): number {
  lastId += 1;
  publish([...current, { ...options, id: lastId, tone, message }].slice(-AT_MOST));
  return lastId;
}

/** Short news at the edge of the screen. Errors of a form belong into the form. */
export const toast = {
  success: (message: string, options?: ToastOptions) => show("success", message, options),
  danger: (message: string, options?: ToastOptions) => show("danger", message, options),
  info: (message: string, options?: ToastOptions) => show("info", message, options),
  dismiss: (id: number) => publish(current.filter((other) => other.id !== id)),
};

/** The store behind `<Toaster>`, in the form of `useSyncExternalStore`. */
export const toastStore = {
  subscribe: (listener: () => void) => {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  },
  snapshot: () => current,
  serverSnapshot: () => none,
};
