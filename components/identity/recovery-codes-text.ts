import { useTranslations } from "next-intl";

/** The words around recovery codes, for the client component that shows them. */
export function useRecoveryCodesText() {
  const t = useTranslations("identity.recoveryCodes");
  return {
    title: t("title"),
    description: t("description"),
    copy: t("copy"),
    copied: t("copied"),
    download: t("download"),
    print: t("print"),
    fileName: t("fileName"),
    fileHead: t("fileHead"),
    done: t("done"),
    kept: t("kept"),
  };
}
