import { create } from "qrcode";

/** Modules of white around the code, without which cameras do not find it. */
const QUIET = 4;

/** A text as QR code: one path, dark on white in both themes. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { modules } = create(text, { errorCorrectionLevel: "M" });
  const side = modules.size + 2 * QUIET;
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${side} ${side}`}
      shapeRendering="crispEdges"
      className="size-52 rounded-lg border border-line bg-[white] text-[black]"
    >
      <path d={pathOf(modules)} fill="currentColor" />
    </svg>
  );
}

function pathOf({ size, data }: { size: number; data: Uint8Array }): string {
  return [...data.entries()]
    .filter(([, dark]) => dark)
    .map(([index]) => `M${(index % size) + QUIET} ${Math.floor(index / size) + QUIET}h1v1h-1z`)
    .join("");
}
