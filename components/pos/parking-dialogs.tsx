"use client";

import { useFormatter, useLocale, useTranslations } from "next-intl";
import { type SubmitEvent, useState } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { FormActions } from "@/components/ui/form-actions";
import { IconButton } from "@/components/ui/icon-button";
import { Trash2 } from "@/components/ui/icons";
import { Input } from "@/components/ui/input";
import { newKey } from "@/components/ui/new-key";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import { formatMoney } from "@/lib/money";
import type { ParkedSale } from "@/lib/sales";
import { call } from "./actions";
import { type Till, toPark, totalsOf } from "./cart";
import { useDesk } from "./desk";
import { tillFrom } from "./stored-till";
import { useParkedSales } from "./use-parked-sales";

/** Puts the cart aside under a name, for whoever takes it up again at any till of the branch. */
export function ParkDialog() {
  const t = useTranslations("pos.park");
  const format = useFormatter();
  const { till, branchId, actions, dispatch, close, parkedCount, parkedChanged, open } = useDesk();
  const [label, setLabel] = useState(
    () => till.customer?.name ?? t("untitled", { time: format.dateTime(new Date(), "time") }),
  );
  const [sending, setSending] = useState(false);
  const [refusal, setRefusal] = useState("");

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    if (sending) return;
    setSending(true);
    const answer = await call(actions.parkSale, { key: keyOf(till), branchId, label, cart: toPark(till) });
    setSending(false);
    if (!answer.ok) return setRefusal(answer.problem?.detail ?? t("failed"));
    dispatch({ type: "cleared" });
    parkedChanged(parkedCount + 1);
    // An earlier try may have parked it under another name, which it keeps.
    toast.success(t("done", { label: answer.data.label }));
    close();
  }

  return (
    <Dialog open size="sm" title={t("title")} description={t("text")} onOpenChange={close}>
      <form onSubmit={(event) => void submit(event)}>
        {refusal && (
          <Alert tone="danger" live className="mb-4">
            {refusal}
          </Alert>
        )}
        <label htmlFor="park-label" className="mb-1.5 block text-sm font-medium">
          {t("label")}
        </label>
        <Input
          id="park-label"
          autoFocus
          size="lg"
          required
          maxLength={80}
          value={label}
          onFocus={(event) => event.currentTarget.select()}
          onChange={(event) => setLabel(event.currentTarget.value)}
        />
        <FormActions>
          {parkedCount > 0 && (
            <Button variant="ghost" className="sm:mr-auto" onClick={() => open({ kind: "parked" })}>
              {t("see", { count: parkedCount })}
            </Button>
          )}
          <Button onClick={close}>{t("cancel")}</Button>
          <Button type="submit" variant="primary" pending={sending} disabled={label.trim() === ""}>
            {t("submit")}
          </Button>
        </FormActions>
      </form>
    </Dialog>
  );
}

/** Carts that were put aside at this branch: to be taken up or thrown away. */
export function ParkedDialog() {
  const t = useTranslations("pos.parked");
  const { till, dispatch, close } = useDesk();
  const { sales, refusal, take, discard } = useParkedSales();
  const busy = till.lines.length > 0;

  async function takeUp(sale: ParkedSale) {
    const cart = tillFrom(sale.cart);
    if (!cart || !(await take(sale))) return;
    dispatch({ type: "cartTaken", till: cart });
    close();
  }

  return (
    <Dialog open size="md" title={t("title")} onOpenChange={close}>
      <div className="flex flex-col gap-3">
        {refusal && (
          <Alert tone="danger" live>
            {refusal}
          </Alert>
        )}
        {busy && sales && sales.length > 0 && <Alert tone="info">{t("busy")}</Alert>}
        {!sales && !refusal && [0, 1].map((row) => <Skeleton key={row} className="h-16 rounded-lg" />)}
        {sales?.length === 0 && <p className="py-8 text-center text-ink-soft">{t("none")}</p>}
        <ul className="flex flex-col gap-2">
          {sales?.map((sale) => (
            <ParkedRow
              key={sale.id}
              sale={sale}
              busy={busy}
              onTake={() => void takeUp(sale)}
              onDiscard={() => void discard(sale)}
            />
          ))}
        </ul>
      </div>
    </Dialog>
  );
}

interface ParkedRowProps {
  sale: ParkedSale;
  busy: boolean;
  onTake: () => void;
  onDiscard: () => void;
}

function ParkedRow({ sale, busy, onTake, onDiscard }: ParkedRowProps) {
  const t = useTranslations("pos.parked");
  const locale = useLocale();
  const format = useFormatter();
  const cart = tillFrom(sale.cart);
  const totals = cart && totalsOf(cart);
  return (
    <li className="flex items-center gap-2 rounded-lg border border-line py-2 pr-2 pl-4">
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">{sale.label}</p>
        <p className="text-sm text-ink-soft tabular">
          {totals &&
            `${t("units", { count: totals.itemCount })} · ${formatMoney(totals.total, "CLP", locale)} · `}
          {format.relativeTime(new Date(sale.parkedAt))}
        </p>
      </div>
      <IconButton
        label={t("discard", { label: sale.label })}
        icon={<Trash2 aria-hidden className="size-4" />}
        variant="danger"
        className="size-11"
        onClick={onDiscard}
      />
      <Button variant="primary" disabled={busy || !cart} onClick={onTake}>
        {t("take")}
      </Button>
    </li>
  );
}

const keys = new WeakMap<Till, string>();

/** The same for a cart until it changes: parked once, although the dialog was closed without an answer. */
function keyOf(till: Till): string {
  const key = keys.get(till) ?? newKey();
  keys.set(till, key);
  return key;
}
