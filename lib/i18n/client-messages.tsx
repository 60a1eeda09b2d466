import { NextIntlClientProvider } from "next-intl";
import { getMessages } from "next-intl/server";
import type { ReactNode } from "react";
import type { Namespace } from "./messages";

interface ClientMessagesProps {
  /** Namespaces that client components below translate from; `ui` is always there. */
  namespaces?: readonly Namespace[];
  children: ReactNode;
}

/**
 * Gives the client components below it the named namespaces and nothing more.
 * An inner one replaces the outer one for its children, so it names all that they need.
 */
export async function ClientMessages({ namespaces = [], children }: ClientMessagesProps) {
  const all = await getMessages();
  const picked = Object.fromEntries(
    ["ui" as const, ...namespaces].map((namespace) => [namespace, all[namespace]]),
  );
  return <NextIntlClientProvider messages={picked}>{children}</NextIntlClientProvider>;
}
