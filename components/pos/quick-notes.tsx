"use client";

import { useLocale, useTranslations } from "next-intl";
import { formatMoney } from "@/lib/money";
import { quickNotes } from "./tenders";

interface QuickNotesProps {
  typed: number | null;
  due: number;
  onChange: (amount: number | null) => void;
}

/** The notes that a customer holds out: each press adds one. */
export function QuickNotes({ typed, due, onChange }: QuickNotesProps) {
  const t = useTranslations("pos.pay");
  const locale = useLocale();
  return (
    <div role="group" aria-label={t("notes")} className="grid grid-cols-3 gap-2">
      <Note onPress={() => onChange(due)}>{t("exact")}</Note>
      {quickNotes.map((note) => (
        <Note key={note} onPress={() => onChange((typed ?? 0) + note)}>
          {formatMoney(note, "CLP", locale)}
        </Note>
      ))}
    </div>
  );
}

function Note({ onPress, children }: { onPress: () => void; children: string }) {
  return (
    <button
      type="button"
      onClick={() => {
        onPress();
        // Enter goes on from the amount, whoever pressed a note.
        document.getElementById("tender-amount")?.focus();
      }}
      className="h-11 rounded-md border border-line bg-surface text-sm font-medium tabular shadow-xs hover:bg-sunken"
    >
      {children}
    </button>
  );
}
