import { useTranslations } from "next-intl";
import { NotFoundMessage } from "./not-found-message";

/** A page that does not exist, or not for this person. The framework sends it along with every page. */
export function NotFoundScreen() {
  const t = useTranslations("common.notFound");
  return <NotFoundMessage title={t("title")} description={t("description")} home={t("home")} />;
}
