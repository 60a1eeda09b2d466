"use client";

import { useLocale, useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { MoneyInput } from "@/components/ui/money-input";
import { formatMoney } from "@/lib/money";
import { coins, notes, type PieceCounts } from "./denominations";

interface CountCashProps {
  pieces: PieceCounts;
  pesos: number | null;
  onCount: (pesos: number | null) => void;
  onPieces: (value: number, pieces: number | null) => void;
  /** Says that nobody has counted it yet. */
  missing: boolean;
}

/** The cash of a drawer: how many of each note and coin, or its sum at once. */
export function CountCash({ pieces, pesos, onCount, onPieces, missing }: CountCashProps) {
  const t = useTranslations("cashRegister.close");
  return (
    <Card title={t("count")}>
      <div className="grid gap-x-10 gap-y-6 sm:grid-cols-2">
        <Pieces title={t("notes")} values={notes} counts={pieces} onCount={onPieces} />
        <Pieces title={t("coins")} values={coins} counts={pieces} onCount={onPieces} />
      </div>
      <Field
        name="cash"
        label={t("cash")}
        required
        className="mt-6 border-t border-line pt-5"
        {...(missing && { error: t("notCounted") })}
      >
        <MoneyInput size="lg" value={pesos} onValueChange={onCount} />
      </Field>
    </Card>
  );
}

interface PiecesProps {
  title: string;
  values: readonly number[];
  counts: PieceCounts;
  onCount: (value: number, pieces: number | null) => void;
}

function Pieces({ title, values, counts, onCount }: PiecesProps) {
  const t = useTranslations("cashRegister.close");
  const locale = useLocale();
  return (
    <fieldset>
      <legend className="mb-2 text-sm font-medium text-ink-soft">{title}</legend>
      <div className="flex flex-col gap-1.5">
        {values.map((value) => (
          <PieceRow
            key={value}
            label={formatMoney(value, "CLP", locale)}
            value={value}
            pieces={counts[value] ?? null}
            name={t("pieces", { value: formatMoney(value, "CLP", locale) })}
            onCount={onCount}
          />
        ))}
      </div>
    </fieldset>
  );
}

interface PieceRowProps {
  label: string;
  name: string;
  value: number;
  pieces: number | null;
  onCount: (value: number, pieces: number | null) => void;
}

function PieceRow({ label, name, value, pieces, onCount }: PieceRowProps) {
  const locale = useLocale();
  return (
    <label className="grid grid-cols-[5rem_6rem_minmax(0,1fr)] items-center gap-3">
      <span className="text-right font-medium tabular">{label}</span>
      <input
        inputMode="numeric"
        autoComplete="off"
        maxLength={5}
        aria-label={name}
        placeholder="0"
        value={pieces ?? ""}
        onChange={(event) => {
          const digits = event.currentTarget.value.replaceAll(/\D/g, "");
          onCount(value, digits === "" ? null : Number(digits));
        }}
        className="h-(--control) rounded-md border border-line-strong bg-surface px-3 text-right tabular outline-none focus:border-focus focus:ring-3 focus:ring-focus/25"
      />
      <span className="text-right text-ink-soft tabular">
        {pieces ? formatMoney(value * pieces, "CLP", locale) : ""}
      </span>
    </label>
  );
}
