"use client";

let layers: readonly HTMLDialogElement[] = [];
const listeners = new Set<() => void>();

function publish(next: readonly HTMLDialogElement[]) {
  layers = next;
  for (const listener of listeners) listener();
}

/** The layers that take over the page now. What shall be heard and pressed above the topmost has to stand in it: all else is inert. */
export const modalLayers = {
  /** @returns how the layer goes away again */
  enter(layer: HTMLDialogElement): () => void {
    publish([...layers, layer]);
    return () => publish(layers.filter((other) => other !== layer));
  },
  subscribe: (listener: () => void) => {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  },
  topmost: () => layers.at(-1) ?? null,
  serverTopmost: () => null,
};
