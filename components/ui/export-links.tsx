import { useTranslations } from "next-intl";
import { buttonVariants } from "./button";
import { cn } from "./cn";
import { FileLink } from "./file-link";
import { Download } from "./icons";

/** All rows of a list's filter as a file: for Excel, or as CSV. `href` is the CSV's address (lib/spreadsheet). */
export function ExportLinks({ href }: { href: string }) {
  const t = useTranslations("common.export");
  const workbook = `${href}${href.includes("?") ? "&" : "?"}format=xlsx`;
  return (
    <span className="inline-flex max-sm:w-full">
      <FileLink href={workbook} className={cn(buttonVariants(), "grow rounded-r-none")}>
        <Download />
        {t("excel")}
      </FileLink>
      <FileLink
        href={href}
        aria-label={t("csvLabel")}
        className={cn(buttonVariants(), "-ml-px rounded-l-none px-3")}
      >
        {t("csv")}
      </FileLink>
    </span>
  );
}
