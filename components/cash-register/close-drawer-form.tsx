"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { FieldGrid, FormActions } from "@/components/ui/form-actions";
import type { FormAction } from "@/components/ui/form-outcome";
import { MoneyInput } from "@/components/ui/money-input";
import { SubmitButton } from "@/components/ui/submit-button";
import { Textarea } from "@/components/ui/textarea";
import { formatMoney } from "@/lib/money";
import { coins, notes, type PieceCounts, sumOfPieces } from "./denominations";

interface CloseDrawerFormProps {
  sessionId: string;
  action: FormAction<unknown>;
  backHref: string;
}

/** The blind count: notes and coins piece by piece or as one sum, the other tenders by their slips. */
export function CloseDrawerForm({ sessionId, action, backHref }: CloseDrawerFormProps) {
  const t = useTranslations("cashRegister.close");
  const methods = useTranslations("cashRegister.methods");
  const [counts, setCounts] = useState<PieceCounts>({});
  const [cash, setCash] = useState<number | null>(null);

  function count(value: number, pieces: number | null) {
    const { [value]: _gone, ...rest } = counts;
    const next = pieces === null ? rest : { ...rest, [value]: pieces };
    setCounts(next);
    setCash(sumOfPieces(next));
  }

  return (
    <ActionForm
      action={action}
      successMessage={t("done")}
      redirectTo={`/cash-register/sessions/${sessionId}`}
      className="flex flex-col gap-6"
    >
      <input type="hidden" name="sessionId" value={sessionId} />
      <Card title={t("count")}>
        <div className="grid gap-x-10 gap-y-6 sm:grid-cols-2">
          <Pieces title={t("notes")} values={notes} onCount={count} />
          <Pieces title={t("coins")} values={coins} onCount={count} />
        </div>
        <Field name="cash" label={t("cash")} required className="mt-6 border-t border-line pt-5">
          <MoneyInput size="lg" value={cash} onValueChange={setCash} />
        </Field>
      </Card>
      <Card title={t("other")} description={t("otherHint")}>
        <FieldGrid columns={3}>
          {(["debit", "credit", "transfer"] as const).map((method) => (
            <Field key={method} name={method} label={methods(method)} required>
              <MoneyInput defaultValue={0} />
            </Field>
          ))}
        </FieldGrid>
      </Card>
      <Card>
        <Field name="note" label={t("note")} hint={t("noteHint")} optional>
          <Textarea rows={2} maxLength={500} />
        </Field>
      </Card>
      <FormActions className="mt-0 items-center">
        <p className="text-sm text-ink-soft sm:mr-auto">{t("final")}</p>
        <ButtonLink href={backHref}>{t("back")}</ButtonLink>
        <SubmitButton size="lg">{t("submit")}</SubmitButton>
      </FormActions>
    </ActionForm>
  );
}

interface PiecesProps {
  title: string;
  values: readonly number[];
  onCount: (value: number, pieces: number | null) => void;
}

function Pieces({ title, values, onCount }: PiecesProps) {
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
  onCount: (value: number, pieces: number | null) => void;
}

function PieceRow({ label, name, value, onCount }: PieceRowProps) {
  const locale = useLocale();
  const [pieces, setPieces] = useState<number | null>(null);
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
          const next = digits === "" ? null : Number(digits);
          setPieces(next);
          onCount(value, next);
        }}
        className="h-(--control) rounded-md border border-line-strong bg-surface px-3 text-right tabular outline-none focus:border-focus focus:ring-3 focus:ring-focus/25"
      />
      <span className="text-right text-ink-soft tabular">
        {pieces ? formatMoney(value * pieces, "CLP", locale) : ""}
      </span>
    </label>
  );
}
