import { useTranslations } from "next-intl";
import { ConfirmButton } from "@/components/ui/alert-dialog";
import type { FormAction } from "@/components/ui/form-outcome";
import { Moment } from "@/components/ui/moment";

interface CancelCardProps {
  subscription: {
    status: string;
    trialEndsAt: Date | null;
    currentPeriodEnd: Date | null;
    cancelAtPeriodEnd: boolean;
  } | null;
  timeZone: string;
  action: FormAction<unknown>;
}

/** The way out, at the end of the page: what is paid runs out, nothing more is charged. */
export function CancelCard({ subscription, timeZone, action }: CancelCardProps) {
  const t = useTranslations("billing");
  if (!subscription || subscription.cancelAtPeriodEnd) return null;
  const { status, trialEndsAt, currentPeriodEnd } = subscription;
  const ends = status === "trialing" ? trialEndsAt : status === "active" ? currentPeriodEnd : null;
  return (
    <div className="flex justify-end">
      <ConfirmButton
        variant="quietDanger"
        label={t("cancel")}
        title={t("cancelTitle")}
        description={
          ends
            ? t.rich("cancelText", { day: () => <Moment value={ends} timeZone={timeZone} as="day" /> })
            : t("cancelTextNow")
        }
        confirmLabel={t("cancelConfirm")}
        askReason
        reasonLabel={t("cancelReason")}
        action={action}
        successMessage={t("cancelled")}
      />
    </div>
  );
}
