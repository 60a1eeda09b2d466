import { useTranslations } from "next-intl";
import { Languages } from "@/components/ui/icons";
import { Menu, MenuChoice } from "@/components/ui/menu";

export interface LanguageMenuProps {
  language: string;
  languages: readonly { code: string; name: string }[];
  setLanguage: (code: string) => Promise<unknown>;
}

/** The language alone, for pages without a session. */
export function LanguageMenu({ language, languages, setLanguage }: LanguageMenuProps) {
  const t = useTranslations("shell");
  return (
    <Menu
      label={t("language")}
      trigger={
        <>
          <Languages aria-hidden />
          <span className="sr-only">{t("language")}: </span>
          {languages.find(({ code }) => code === language)?.name}
        </>
      }
      triggerClassName="flex h-(--control) items-center gap-2 rounded-md px-3 text-sm text-ink-soft hover:bg-hover hover:text-ink"
    >
      {languages.map(({ code, name }) => (
        <MenuChoice key={code} checked={code === language} action={setLanguage.bind(null, code)}>
          {name}
        </MenuChoice>
      ))}
    </Menu>
  );
}
