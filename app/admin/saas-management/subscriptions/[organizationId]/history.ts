import { CONSOLE_ZONE } from "@/components/console/organizations-table";
import { describeEntry, type ToldEntry } from "@/lib/audit";
import type { SubscriptionDetail } from "@/lib/console";
import { getLocale, getPlainTranslator } from "@/lib/i18n";

/** What happened to a subscription, in words and on the clock of the console. */
export async function historyOf({ history }: SubscriptionDetail): Promise<ToldEntry[]> {
  const [words, locale] = await Promise.all([getPlainTranslator(), getLocale()]);
  return history.map(({ at, actor_name, ...entry }) =>
    describeEntry(
      { ...entry, at: new Date(at), actorName: actor_name, objectType: "subscriptions", objectId: null },
      { words, locale, timeZone: CONSOLE_ZONE },
    ),
  );
}
