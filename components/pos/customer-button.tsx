"use client";

import { useTranslations } from "next-intl";
import { IconButton } from "@/components/ui/icon-button";
import { UserPlus, UserRound, X } from "@/components/ui/icons";
import { Kbd } from "@/components/ui/kbd";
import { useDesk } from "./desk";

/** Whom the sale is for. */
export function CustomerButton() {
  const t = useTranslations("pos.customer");
  const { till, open, dispatch } = useDesk();
  const { customer } = till;
  return (
    <div className="flex min-w-0 flex-1 items-center">
      <button
        type="button"
        disabled={till.pending !== null}
        aria-haspopup="dialog"
        onClick={() => open({ kind: "customer" })}
        className="flex h-11 min-w-0 flex-1 items-center gap-2.5 rounded-md px-2.5 text-left hover:bg-hover disabled:opacity-55"
      >
        {customer ? (
          <UserRound aria-hidden className="text-brand-text" />
        ) : (
          <UserPlus aria-hidden className="text-ink-faint" />
        )}
        {customer ? (
          <span className="min-w-0">
            <span className="block truncate text-sm leading-tight font-medium">{customer.name}</span>
            {customer.detail && (
              <span className="block truncate text-xs text-ink-soft tabular">{customer.detail}</span>
            )}
          </span>
        ) : (
          <span className="flex min-w-0 items-center gap-2 text-sm text-ink-soft">
            <span className="truncate">{t("add")}</span>
            <Kbd>F4</Kbd>
          </span>
        )}
      </button>
      {customer && !till.pending && (
        <IconButton
          label={t("remove")}
          icon={<X aria-hidden className="size-4" />}
          onClick={() => dispatch({ type: "customerChosen", customer: null })}
          className="size-11"
        />
      )}
    </div>
  );
}
