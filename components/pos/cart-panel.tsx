"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { ArrowLeft, PauseCircle, ShoppingBasket, Trash2 } from "@/components/ui/icons";
import { Kbd } from "@/components/ui/kbd";
import { toast } from "@/components/ui/toast";
import { CartLineRow } from "./cart-line";
import { CartNotice } from "./cart-notice";
import { CustomerButton } from "./customer-button";
import { parkingOf, useDesk } from "./desk";
import { FinishedSalePanel } from "./finished-sale";
import { PendingNotice } from "./pending-notice";
import { TotalsPanel } from "./totals-panel";

interface CartPanelProps {
  /** Back to the products, on a phone. */
  onBack: () => void;
}

/** The sale that is being made, or the one that was just made. */
export function CartPanel({ onBack }: CartPanelProps) {
  const t = useTranslations("pos.cart");
  const { till, focusField } = useDesk();
  return (
    <section
      aria-label={t("title")}
      className="flex min-w-0 flex-col border-line bg-surface max-md:hidden max-md:min-h-[calc(100dvh-var(--topbar)-4rem)] max-md:group-data-[view=cart]/till:flex md:sticky md:top-(--topbar) md:h-[calc(100dvh-var(--topbar))] md:border-l"
    >
      {till.finished ? (
        <FinishedSalePanel
          sale={till.finished}
          onNextSale={() => {
            onBack();
            focusField();
          }}
        />
      ) : (
        <OpenSale onBack={onBack} />
      )}
    </section>
  );
}

function OpenSale({ onBack }: { onBack: () => void }) {
  const t = useTranslations("pos.cart");
  const { till, sending } = useDesk();
  return (
    <>
      <CartHead onBack={onBack} />
      <CartNotice />
      {till.pending && !sending && <PendingNotice />}
      {till.lines.length === 0 ? (
        <div className="flex flex-1 flex-col items-center justify-center gap-3 px-8 py-12 text-center">
          <ShoppingBasket aria-hidden className="size-9 text-ink-faint" />
          <p className="font-medium">{t("emptyTitle")}</p>
          <p className="max-w-64 text-sm text-ink-soft">{t("emptyText")}</p>
        </div>
      ) : (
        <ul
          aria-label={t("lines")}
          className="min-h-0 flex-1 overflow-y-auto overscroll-contain scrollbar-calm"
        >
          {till.lines.map((line) => (
            <CartLineRow key={line.productId} line={line} />
          ))}
        </ul>
      )}
      <TotalsPanel />
    </>
  );
}

function CartHead({ onBack }: { onBack: () => void }) {
  const t = useTranslations("pos.cart");
  const { till, dispatch, open, parkedCount } = useDesk();
  const empty = till.lines.length === 0;
  const parking = parkingOf(till);
  const parkingName = parking.kind === "park" ? t("park") : t("parked", { count: parkedCount });

  function clear() {
    dispatch({ type: "cleared" });
    toast.info(t("cleared"), {
      action: { label: t("undo"), run: () => dispatch({ type: "cartTaken", till }) },
    });
  }

  return (
    <header className="flex items-center gap-1.5 border-b border-line px-3 py-2">
      <IconButton label={t("back")} icon={<ArrowLeft aria-hidden />} onClick={onBack} className="md:hidden" />
      <CustomerButton />
      <Button
        variant="ghost"
        size="sm"
        disabled={till.pending !== null}
        aria-haspopup="dialog"
        data-tip={parkingName}
        onClick={() => open(parking)}
        icon={<PauseCircle aria-hidden />}
        shortcut={<Kbd>{"F7"}</Kbd>}
        className="h-11 px-2.5"
      >
        <span className="sr-only">{parkingName}</span>
        {parkedCount > 0 && (
          <span aria-hidden className="rounded-full bg-brand-soft px-1.5 text-xs text-brand-text tabular">
            {parkedCount}
          </span>
        )}
      </Button>
      <IconButton
        label={t("clear")}
        icon={<Trash2 aria-hidden />}
        disabled={empty || till.pending !== null}
        onClick={clear}
        variant="danger"
        className="size-11"
      />
    </header>
  );
}
