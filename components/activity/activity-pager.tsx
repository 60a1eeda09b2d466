import { useTranslations } from "next-intl";
import { ButtonLink } from "@/components/ui/button";
import { ArrowLeft, ArrowRight } from "@/components/ui/icons";

/** The way to newer and older entries. A trail is not counted: it only grows. */
export function ActivityPager({
  newerHref,
  olderHref,
}: {
  newerHref: string | null;
  olderHref: string | null;
}) {
  const t = useTranslations("activity");
  if (!newerHref && !olderHref) return null;
  return (
    <nav aria-label={t("caption")} className="flex justify-end gap-2 border-t border-line px-5 py-2.5">
      {newerHref && (
        <ButtonLink size="sm" href={newerHref} icon={<ArrowLeft aria-hidden className="size-4" />}>
          {t("newer")}
        </ButtonLink>
      )}
      {olderHref && (
        <ButtonLink size="sm" href={olderHref}>
          {t("older")}
          <ArrowRight aria-hidden className="size-4" />
        </ButtonLink>
      )}
    </nav>
  );
}
