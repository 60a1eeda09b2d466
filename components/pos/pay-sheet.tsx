"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import { formatMoney } from "@/lib/money";
import { useDesk } from "./desk";
import { DrawerStep } from "./drawer-step";
import { PayForm } from "./pay-form";
import { Arrows } from "./tender-amount";
import { chooseByArrow, TenderMethods } from "./tender-methods";
import { useTenderEntry } from "./use-tender-entry";
import { useTooSoon } from "./use-too-soon";

/** How the sale is paid. Enter does what the large button says. */
export function PaySheet() {
  const t = useTranslations("pos.pay");
  const locale = useLocale();
  const { till, totals, close, sending, drawerOpen } = useDesk();
  const [wasOpen] = useState(drawerOpen);
  const entry = useTenderEntry(totals.total);
  const { after } = entry;
  const wantsDrawer = !drawerOpen && after.cashDue > 0 && (entry.method === "cash" || after.settled);
  // The Enter that sent a float or a code of approval, pressed twice, would pay without a look at the amount.
  const tooSoon = useTooSoon(drawerOpen && !wasOpen ? "drawer opened" : (till.approval?.id ?? null));

  return (
    <Dialog
      open
      size={wantsDrawer ? "md" : "lg"}
      title={t("title", { total: formatMoney(totals.total, "CLP", locale) })}
      onOpenChange={() => !sending && close()}
    >
      {wantsDrawer ? (
        // A card needs no drawer: it is an arrow away from here too, where the focus is in the float.
        <div onKeyDown={(event) => chooseByArrow(event, entry)} className="flex flex-col gap-4">
          <div>
            <TenderMethods entry={entry} />
            <p className="mt-2 flex justify-end text-sm">
              <Arrows does={t("switch")} />
            </p>
          </div>
          <DrawerStep />
        </div>
      ) : (
        <PayForm entry={entry} tooSoon={tooSoon} />
      )}
    </Dialog>
  );
}
