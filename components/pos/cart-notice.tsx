"use client";

import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Alert } from "@/components/ui/alert";
import { ButtonLink } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { X } from "@/components/ui/icons";
import { formatMoney } from "@/lib/money";
import { type Notice, useDesk } from "./desk";

/** What the server said of the sale: a refusal, prices that changed. Stands above the cart. */
export function CartNotice() {
  const { notice } = useDesk();
  if (!notice || isAboutCode(notice)) return null;
  return (
    <div className="border-b border-line p-3">
      <NoticeAlert notice={notice} />
    </div>
  );
}

/** A code that led to no product. Stands where codes come in. */
export function CodeNotice() {
  const { notice } = useDesk();
  return notice && isAboutCode(notice) && <NoticeAlert notice={notice} />;
}

function isAboutCode({ kind }: Notice): boolean {
  return kind === "unknownCode" || kind === "noLine";
}

function NoticeAlert({ notice }: { notice: Notice }) {
  const t = useTranslations("pos.notice");
  const { notify } = useDesk();
  return (
    <Alert
      tone={notice.kind === "pricesChanged" ? "warning" : "danger"}
      live
      actions={
        <IconButton
          label={t("dismiss")}
          size="sm"
          icon={<X aria-hidden className="size-4" />}
          onClick={() => notify(null)}
        />
      }
    >
      <NoticeText notice={notice} />
    </Alert>
  );
}

function NoticeText({ notice }: { notice: Notice }): ReactNode {
  const t = useTranslations("pos.notice");
  const locale = useLocale();
  const { canCreateProducts } = useDesk();
  switch (notice.kind) {
    case "unknownCode":
      return (
        <>
          <p className="font-semibold">{t("unknownCode")}</p>
          <p className="font-mono break-all">{notice.code}</p>
          {canCreateProducts && (
            <ButtonLink
              size="sm"
              href={`/products/new?barcode=${encodeURIComponent(notice.code)}`}
              className="mt-2"
            >
              {t("createProduct")}
            </ButtonLink>
          )}
        </>
      );
    case "noLine":
      return <p>{t("noLine", { code: notice.code })}</p>;
    case "pricesChanged":
      return (
        <>
          <p className="font-semibold">{t("pricesChanged")}</p>
          {notice.changes.map(({ name, from, to }) => (
            <p key={name} className="tabular">
              {t("priceChange", {
                name,
                from: formatMoney(from, "CLP", locale),
                to: formatMoney(to, "CLP", locale),
              })}
            </p>
          ))}
        </>
      );
    case "refused":
      return <Refusal notice={notice} />;
    default:
      return notice satisfies never;
  }
}

function Refusal({ notice: { problem, lines } }: { notice: Extract<Notice, { kind: "refused" }> }) {
  const t = useTranslations("pos.notice");
  const sentences =
    lines.length > 0 ? lines.map(({ sentence }) => sentence) : problem.errors?.map(({ detail }) => detail);
  if (!sentences?.length) return <p>{problem.detail}</p>;
  return (
    <>
      <p className="font-semibold">{t("refused")}</p>
      {sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </>
  );
}
