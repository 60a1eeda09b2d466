import { getTranslations } from "@/lib/i18n";

/** The words of the recovery codes, for the client component that shows them. */
export async function recoveryCodesText() {
  const t = await getTranslations("identity.recoveryCodes");
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
  };
}
