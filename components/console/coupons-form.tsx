"use client";

import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import {
  ActionForm,
  Field,
  FieldGrid,
  type FormAction,
  FormActions,
  SubmitButton,
} from "@/components/ui/form";
import { IconButton } from "@/components/ui/icon-button";
import { Dices } from "@/components/ui/icons";
import { Input } from "@/components/ui/input";
import { MoneyInput } from "@/components/ui/money-input";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { suggestCode } from "./suggest-code";

interface CouponsFormProps {
  create: FormAction<unknown>;
  plans: readonly { value: string; label: string }[];
  /** Today on Santiago's calendar. */
  today: string;
}

/** Everything that a coupon can promise; asks only for what its kind and its length need. */
export function CouponsForm({ create, plans, today }: CouponsFormProps) {
  const t = useTranslations("consoleCoupons");
  return (
    <ActionForm action={create}>
      <FieldGrid>
        <CodeField />
        <Field name="maxRedemptions" label={t("new.maxRedemptions")} hint={t("new.maxHint")} optional>
          <Input inputMode="numeric" />
        </Field>
        <DiscountFields />
        <LengthFields />
        <Field name="validFrom" label={t("new.validFrom")} hint={t("new.validFromHint")} optional>
          <Input type="date" min={today} />
        </Field>
        <Field name="validUntil" label={t("new.validUntil")} hint={t("new.validUntilHint")} optional>
          <Input type="date" min={today} />
        </Field>
        <fieldset className="sm:col-span-2">
          <legend className="text-sm font-medium">{t("plans")}</legend>
          <div className="flex flex-wrap gap-x-6">
            {plans.map(({ value, label }) => (
              <Checkbox key={value} name="tiers[]" value={value} label={label} />
            ))}
          </div>
          <p className="text-sm text-ink-soft">{t("new.plansHint")}</p>
        </fieldset>
        <Field name="note" label={t("note")} hint={t("new.noteHint")} required className="sm:col-span-2">
          <Textarea rows={2} maxLength={200} />
        </Field>
      </FieldGrid>
      <FormActions>
        <SubmitButton>{t("new.submit")}</SubmitButton>
      </FormActions>
    </ActionForm>
  );
}

function CodeField() {
  const t = useTranslations("consoleCoupons");
  const input = useRef<HTMLInputElement>(null);

  function suggest() {
    if (!input.current) return;
    input.current.value = suggestCode();
    // The form forgets a refusal of the old code when it hears of a new one.
    input.current.dispatchEvent(new Event("input", { bubbles: true }));
  }

  return (
    <Field name="code" label={t("code")} hint={t("new.codeHint")} required>
      <Input
        ref={input}
        autoFocus
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={32}
        suffix={
          <IconButton
            size="sm"
            label={t("new.suggest")}
            icon={<Dices aria-hidden className="size-4" />}
            onClick={suggest}
          />
        }
      />
    </Field>
  );
}

function DiscountFields() {
  const t = useTranslations("consoleCoupons.new");
  const [kind, setKind] = useState("percent");
  return (
    <>
      <Field name="kind" label={t("kind")} required className={kind === "amount" ? "sm:col-span-2" : ""}>
        <Select
          defaultValue="percent"
          onChange={(event) => setKind(event.currentTarget.value)}
          options={(["percent", "amount"] as const).map((value) => ({ value, label: t(`kinds.${value}`) }))}
        />
      </Field>
      {kind === "percent" ? (
        <Field name="percent" label={t("percent")} hint={t("percentHint")} required>
          <Input inputMode="decimal" suffix="%" />
        </Field>
      ) : (
        <>
          <Field name="amountClp" label={t("amountClp")} hint={t("amountHint")} optional>
            <MoneyInput />
          </Field>
          <Field name="amountUsd" label={t("amountUsd")} hint={t("amountHint")} optional>
            <Input inputMode="decimal" prefix={<span className="text-xs">{"US$"}</span>} />
          </Field>
        </>
      )}
    </>
  );
}

function LengthFields() {
  const t = useTranslations("consoleCoupons.new");
  const [duration, setDuration] = useState("once");
  const several = duration === "repeating";
  return (
    <>
      <Field
        name="duration"
        label={t("duration")}
        hint={t("durationHint")}
        required
        className={several ? "" : "sm:col-span-2"}
      >
        <Select
          defaultValue="once"
          onChange={(event) => setDuration(event.currentTarget.value)}
          options={(["once", "repeating", "forever"] as const).map((value) => ({
            value,
            label: t(`durations.${value}`),
          }))}
        />
      </Field>
      {several && (
        <Field name="repeats" label={t("repeats")} hint={t("repeatsHint")} required>
          <Input inputMode="numeric" />
        </Field>
      )}
    </>
  );
}
