export type Side = "top" | "bottom" | "right";
export type Align = "start" | "center" | "end";

const GAP = 6;
const MARGIN = 8;

/** Puts a fixed layer beside its anchor, on the other side where there is no room, always on the screen. */
export function placeFloating(
  anchor: Element,
  layer: HTMLElement,
  side: Side = "bottom",
  align: Align = "start",
): void {
  const at = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = layer;
  const page = layer.ownerDocument.documentElement;
  const top =
    side === "right" ? at.top + (at.height - height) / 2 : vertical(at, height, page.clientHeight, side);
  const left = side === "right" ? at.right + GAP : horizontal(at, width, align);
  layer.style.top = `${clamp(top, page.clientHeight - height)}px`;
  layer.style.left = `${clamp(left, page.clientWidth - width)}px`;
}

function vertical(at: DOMRect, height: number, room: number, side: "top" | "bottom"): number {
  const above = at.top - GAP - height;
  const below = at.bottom + GAP;
  const fitsBelow = below + height + MARGIN <= room;
  const fitsAbove = above >= MARGIN;
  return side === "bottom"
    ? fitsBelow || !fitsAbove
      ? below
      : above
    : fitsAbove || !fitsBelow
      ? above
      : below;
}

function horizontal(at: DOMRect, width: number, align: Align): number {
  if (align === "start") return at.left;
  return align === "end" ? at.right - width : at.left + (at.width - width) / 2;
}

function clamp(position: number, most: number): number {
  return Math.max(MARGIN, Math.min(position, most - MARGIN));
}
