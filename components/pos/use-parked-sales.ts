"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { newKey } from "@/components/ui/new-key";
import { toast } from "@/components/ui/toast";
import type { ParkedSale } from "@/lib/sales";
import { call } from "./actions";
import { useDesk } from "./desk";
import { takeOf, UnansweredTakes } from "./parked-takes";

const unanswered = new UnansweredTakes();

/** The parked sales of the branch: the list, and how one is taken off it, or back onto it. */
export function useParkedSales() {
  const t = useTranslations("pos.parked");
  const { branchId, actions, parkedChanged } = useDesk();
  const [sales, setSales] = useState<readonly ParkedSale[] | null>(null);
  const [refusal, setRefusal] = useState("");
  const [round, setRound] = useState(0);

  useEffect(() => {
    let gone = false;
    void call(actions.listParkedSales, { branchId }).then((answer) => {
      if (gone) return;
      if (!answer.ok) return setRefusal(answer.problem?.detail ?? t("failed"));
      const listed = unanswered.with(branchId, answer.data);
      setSales(listed);
      parkedChanged(listed.length);
    });
    return () => {
      gone = true;
    };
  }, [actions, branchId, parkedChanged, round, t]);

  /** Whether the sale is ours now. */
  async function take(sale: ParkedSale): Promise<boolean> {
    setRefusal("");
    const key = unanswered.keyOf(sale.id) ?? newKey();
    const answer = await call(actions.takeParkedSale, { id: sale.id, key });
    const outcome = takeOf(answer);
    if (outcome === "unanswered") unanswered.keep(branchId, sale, key);
    else if (outcome !== "refused") unanswered.forget(sale.id); // a refusal tells nothing of the try before it
    if (outcome === "taken" || outcome === "gone") {
      const rest = (sales ?? []).filter(({ id }) => id !== sale.id);
      setSales(rest);
      parkedChanged(rest.length);
    }
    if (outcome === "taken") return true;
    const reason = answer.ok ? undefined : answer.problem?.detail;
    setRefusal(outcome === "unanswered" ? t("unanswered", { label: sale.label }) : (reason ?? t("failed")));
    return false;
  }

  async function discard(sale: ParkedSale): Promise<void> {
    const { label, cart } = sale;
    if (!(await take(sale))) return;
    const key = newKey(); // tried again it is parked once
    const putBack = async () => {
      const answer = await call(actions.parkSale, { key, branchId, label, cart: cart as object });
      const again = { label: t("retry"), run: () => void putBack() };
      if (!answer.ok) return void toast.danger(t("undoFailed", { label }), { action: again });
      toast.success(t("putBack", { label }));
      setRound((number) => number + 1);
    };
    toast.info(t("discarded", { label }), { action: { label: t("undo"), run: () => void putBack() } });
  }

  return { sales, refusal, take, discard };
}
