"use client";

import { X } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Alert } from "@/components/ui/alert";
import { ButtonLink } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { formatMoney } from "@/lib/money";
import { type Notice, useDesk } from "./desk";

/** What the last act met: an unknown code, a refusal of the server, prices that changed. */
export function CartNotice() {
  const t = useTranslations("pos.notice");
  const { notice, notify } = useDesk();
  if (!notice) return null;
  return (
    <div className="border-b border-line p-3">
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
    </div>
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
      return notice.problem.errors?.length ? (
        <>
          <p className="font-semibold">{t("refused")}</p>
          {notice.problem.errors.map(({ pointer, detail }) => (
            <p key={pointer}>{detail}</p>
          ))}
        </>
      ) : (
        <p>{notice.problem.detail}</p>
      );
    default:
      return notice satisfies never;
  }
}
