import { useTranslations } from "next-intl";
import { ButtonLink } from "@/components/ui/button";
import { LogoMark } from "./logo";

/** A page that does not exist, or not for this person. */
export function NotFoundScreen() {
  const t = useTranslations("common.notFound");
  return (
    <div className="mx-auto flex min-h-[70dvh] max-w-112 flex-col items-center justify-center px-6 py-16 text-center">
      <LogoMark className="mb-5 size-12" />
      <h1 className="text-xl font-semibold">{t("title")}</h1>
      <p className="mt-1.5 text-ink-soft">{t("description")}</p>
      <ButtonLink href="/" variant="primary" className="mt-6">
        {t("home")}
      </ButtonLink>
    </div>
  );
}
