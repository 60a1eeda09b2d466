import { useTranslations } from "next-intl";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Moment } from "@/components/ui/moment";
import { StatusBadge } from "@/components/ui/status-badge";
import type { Desk } from "@/lib/analytics";

export interface DrawerCardProps {
  drawer: Desk["drawer"];
  /** Drawers of anybody that are open here; told to who reviews them. */
  openDrawers: number | null;
  maySell: boolean;
  timeZone: string;
}

/** The person's own drawer, and the next thing to do about it. */
export function DrawerCard({ drawer, openDrawers, maySell, timeZone }: DrawerCardProps) {
  const t = useTranslations("home.drawer");
  return (
    <Card
      title={t("title")}
      actions={<StatusBadge status={drawer ? "open" : "closed"} />}
      footer={openDrawers !== null && t("others", { count: openDrawers })}
    >
      <p className="text-ink-soft">
        {drawer
          ? t.rich("openSince", {
              time: () => <Moment value={drawer.openedAt} timeZone={timeZone} as="time" />,
            })
          : t("closedText")}
      </p>
      <div className="mt-4 flex flex-wrap gap-2.5">
        {drawer ? (
          <>
            {maySell && (
              <ButtonLink href="/pos" variant="primary">
                {t("sell")}
              </ButtonLink>
            )}
            <ButtonLink href="/cash-register">{t("goTo")}</ButtonLink>
          </>
        ) : (
          <ButtonLink href="/cash-register" variant="primary">
            {t("openAction")}
          </ButtonLink>
        )}
      </div>
    </Card>
  );
}
