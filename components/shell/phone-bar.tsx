import { useTranslations } from "next-intl";
import type { NavigationItem } from "./navigation";
import { PhoneDrawer } from "./phone-drawer";
import { NavigationLink } from "./sidebar";

const barLink =
  "flex h-full min-w-0 flex-1 flex-col items-center justify-center gap-0.5 px-1 text-[0.6875rem] font-medium text-ink-soft -outline-offset-2 aria-[current=page]:text-brand-text";

const drawerLink =
  "flex min-h-12 items-center gap-3.5 rounded-md px-3 font-medium text-ink-soft -outline-offset-2 hover:bg-hover hover:text-ink aria-[current=page]:bg-brand-soft aria-[current=page]:text-brand-text";

/** The navigation of a phone: the four most used pages under the thumb, the rest in a drawer. */
export function PhoneBar({ navigation }: { navigation: readonly NavigationItem[] }) {
  const t = useTranslations("shell");
  const first = navigation.filter(({ phone }) => phone).slice(0, 4);
  const rest = navigation.filter((item) => !first.includes(item));
  return (
    <nav
      data-chrome
      aria-label={t("mainNavigation")}
      className="fixed inset-x-0 bottom-0 z-30 flex h-[calc(3.75rem+env(safe-area-inset-bottom))] items-stretch border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {first.map((item) => (
        <NavigationLink
          key={item.key}
          item={item}
          name={item.key === "pos" ? t("posShort") : undefined}
          className={barLink}
          textClassName="max-w-full truncate"
        />
      ))}
      {rest.length > 0 && (
        <PhoneDrawer label={t("more")} title={t("more")} className={barLink}>
          <ul className="flex flex-col gap-0.5">
            {rest.map((item) => (
              <li key={item.key}>
                <NavigationLink item={item} className={drawerLink} />
              </li>
            ))}
          </ul>
        </PhoneDrawer>
      )}
    </nav>
  );
}
