import { useTranslations } from "next-intl";
import { Alert } from "@/components/ui/alert";
import { PageWatch } from "./page-watch";

/** What became of the automatic renewal from whose page the browser comes back. */
export function RenewalNews({ status }: { status: string }) {
  const t = useTranslations("billing.renewalNews");
  if (status === "active") return <Alert tone="success" title={t("active")} live />;
  if (status === "creating" || status === "pending") {
    return (
      <Alert tone="info" title={t("waiting")} live>
        {t("waitingText")}
        <PageWatch />
      </Alert>
    );
  }
  if (status === "review") {
    return (
      <Alert tone="warning" title={t("review")} live>
        {t("reviewText")}
      </Alert>
    );
  }
  return (
    <Alert tone="danger" title={t("failed")} live>
      {t("failedText")}
    </Alert>
  );
}
