"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Alert } from "@/components/ui/alert";
import { Button, ButtonLink } from "@/components/ui/button";
import { useDesk } from "./desk";

/**
 * A sale whose answer never came. Sending it again is always right: under its key it is recorded once at most.
 * Leaving it is not, so that asks twice.
 */
export function PendingNotice() {
  const t = useTranslations("pos.pending");
  const { retry, noAnswer, dispatch, online } = useDesk();
  const [leaving, setLeaving] = useState(false);
  return (
    <div className="border-b border-line p-3">
      <Alert tone="warning" title={t("title")} live>
        <p>{t(leaving ? "leaveText" : `why.${noAnswer ?? "reloaded"}`)}</p>
        <div className="mt-3 flex flex-wrap gap-2">
          {noAnswer === "session" && (
            <ButtonLink href="/login?next=/pos" size="sm" variant="primary">
              {t("signIn")}
            </ButtonLink>
          )}
          <Button size="sm" variant="primary" autoFocus disabled={!online} onClick={retry}>
            {t("retry")}
          </Button>
          {leaving ? (
            <>
              <Button size="sm" variant="quietDanger" onClick={() => dispatch({ type: "abandoned" })}>
                {t("leaveAnyway")}
              </Button>
              <ButtonLink size="sm" href="/orders">
                {t("orders")}
              </ButtonLink>
            </>
          ) : (
            <Button size="sm" variant="ghost" onClick={() => setLeaving(true)}>
              {t("leave")}
            </Button>
          )}
        </div>
      </Alert>
    </div>
  );
}
