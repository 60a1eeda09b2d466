import { useTranslations } from "next-intl";
import type { Theme } from "@/components/shell/theme";
import { Card } from "@/components/ui/card";
import { FieldGrid } from "@/components/ui/form";
import { type Language, languageNames, setLocale } from "@/lib/i18n";
import { LanguageField, ThemeField } from "./preference-fields";

/** Language and theme of this browser; a choice takes effect at once. */
export function PreferencesCard({ language, theme }: { language: Language; theme: Theme }) {
  const t = useTranslations("profile");
  const themes = { light: t("themes.light"), dark: t("themes.dark"), system: t("themes.system") };
  return (
    <Card title={t("appearance")} description={t("appearanceHint")}>
      <FieldGrid>
        <LanguageField
          label={t("language")}
          language={language}
          languages={languageNames}
          setLanguage={setLocale}
        />
        <ThemeField label={t("theme")} theme={theme} labels={themes} />
      </FieldGrid>
    </Card>
  );
}
