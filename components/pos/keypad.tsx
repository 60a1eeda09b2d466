"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Delete } from "@/components/ui/icons";

interface KeypadProps {
  onDigits: (digits: string) => void;
  onErase: () => void;
  /** Offers a key for thousands. */
  thousands?: boolean;
}

/** Figures for fingers. Whoever types has the same on the keyboard. */
export function Keypad({ onDigits, onErase, thousands = false }: KeypadProps) {
  const t = useTranslations("pos.keypad");
  return (
    <div role="group" aria-label={t("label")} className="grid auto-rows-fr grid-cols-3 gap-2">
      {["7", "8", "9", "4", "5", "6", "1", "2", "3", "0"].map((digit) => (
        <Key key={digit} onPress={() => onDigits(digit)}>
          {digit}
        </Key>
      ))}
      {thousands ? <Key onPress={() => onDigits("000")}>{"000"}</Key> : <span />}
      <Key label={t("erase")} onPress={onErase}>
        <Delete aria-hidden />
      </Key>
    </div>
  );
}

function Key({ label, onPress, children }: { label?: string; onPress: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={label}
      // The caret stays where it is.
      onPointerDown={(event) => event.preventDefault()}
      onClick={onPress}
      className="grid min-h-14 place-items-center rounded-lg bg-sunken text-xl font-medium tabular transition-colors hover:bg-hover active:bg-neutral-soft"
    >
      {children}
    </button>
  );
}
