"use client";

import { useLocale, useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Checkbox, Radio } from "@/components/ui/checkbox";
import { formatMoney } from "@/lib/money";
import { gatewayCode, type Offer } from "./offers";
import { openCheckout } from "./open-checkout";

interface PayFormProps {
  offers: readonly Offer[];
  tier: string;
  interval: "month" | "year";
  coupon: string | null;
  /** Automatic renewal can be agreed to instead of paying one period. */
  mayRenew: boolean;
  /** When a renewal that is agreed to now would first collect, as text; null: at once. */
  firstChargeOn: string | null;
}

type Problem = { readonly tone: "danger" | "warning"; readonly text: string };

/**
 * Chooses a way to pay and goes there. A gateway that does not answer is named, and the next one is chosen:
 * nobody is left in front of a door that is shut.
 */
export function PayForm({ offers, tier, interval, coupon, mayRenew, firstChargeOn }: PayFormProps) {
  const t = useTranslations("checkout");
  const locale = useLocale();
  const key = useRef<string | null>(null);
  const [gateway, setGateway] = useState(offers[0]?.gateway);
  const [renews, setRenews] = useState(false);
  const [failed, setFailed] = useState<readonly string[]>(() =>
    offers.filter(({ isDown }) => isDown).map((one) => one.gateway),
  );
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const offer = offers.find((one) => one.gateway === gateway);
  if (!offer) return <Alert tone="warning" title={t("noGateway")} />;
  const name = (id: string) => t(`gateways.${gatewayCode(id)}.name`);
  const collected = {
    gateway: name(offer.gateway),
    price: formatMoney(offer.price, offer.currency, locale),
    interval,
  };
  const collects = mayRenew && renews && offer.renews;

  function choose(id: string, renewing = renews) {
    key.current = null; // another way is another payment
    setGateway(id);
    setRenews(renewing);
  }

  async function pay(chosen: Offer) {
    if (pending) return;
    setPending(true);
    setProblem(null);
    key.current ??= crypto.randomUUID();
    const order = { gateway: chosen.gateway, tier, interval, ...(coupon && !collects && { coupon }) };
    const opened = await openCheckout(order, collects, key.current);
    if (opened.kind === "redirect") return window.location.assign(opened.url); // stays busy until that page is there
    if (opened.kind === "elsewhere") offerAnother(chosen, opened.detail);
    else if (opened.kind === "no-answer") setProblem({ tone: "warning", text: t("lineLost") });
    else {
      if (opened.final) key.current = null;
      setProblem({ tone: "danger", text: opened.detail });
    }
    setPending(false);
  }

  function offerAnother(chosen: Offer, detail: string) {
    const out = [...failed, chosen.gateway];
    const next = offers.find((one) => !out.includes(one.gateway));
    setFailed(out);
    key.current = null;
    if (!next) return setProblem({ tone: "danger", text: detail });
    choose(next.gateway);
    setProblem({
      tone: "warning",
      text: t("elsewhere", { failed: name(chosen.gateway), next: name(next.gateway) }),
    });
  }

  return (
    <div className="flex flex-col gap-4">
      <fieldset className="flex flex-col" disabled={pending}>
        <legend className="mb-1 text-sm font-medium">{t("method")}</legend>
        {offers.map((one) => (
          <Radio
            key={one.gateway}
            name="gateway"
            value={one.gateway}
            checked={one.gateway === offer.gateway}
            onChange={() => choose(one.gateway)}
            label={
              <span className="flex flex-wrap items-baseline gap-x-2">
                {name(one.gateway)}
                <span className="text-sm text-ink-soft tabular">
                  {formatMoney(one.total, one.currency, locale)}
                </span>
              </span>
            }
            hint={
              failed.includes(one.gateway)
                ? t("notAnswering")
                : t(`gateways.${gatewayCode(one.gateway)}.hint`)
            }
          />
        ))}
      </fieldset>
      {mayRenew && offer.renews && (
        <Checkbox
          checked={renews}
          disabled={pending}
          onChange={(event) => choose(offer.gateway, event.currentTarget.checked)}
          label={t("renew")}
          hint={
            firstChargeOn === null
              ? t("renewNow", collected)
              : t("renewFrom", { ...collected, day: firstChargeOn })
          }
        />
      )}
      <div aria-live="polite">{problem && <Alert tone={problem.tone}>{problem.text}</Alert>}</div>
      <Button variant="primary" size="lg" block pending={pending} onClick={() => void pay(offer)}>
        {collects
          ? t("agree", { gateway: name(offer.gateway) })
          : offer.total === 0
            ? t("takeFree")
            : t("pay", {
                amount: formatMoney(offer.total, offer.currency, locale),
                gateway: name(offer.gateway),
              })}
      </Button>
    </div>
  );
}
