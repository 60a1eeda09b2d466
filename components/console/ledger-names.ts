import type { PlainTranslator } from "@/lib/i18n";
import { wordOr } from "@/lib/i18n/word-or";
import { gatewayName } from "./payments-parts";

const GATEWAY = "gateway:";

/** What a posting of the ledger is called; one without words keeps its own name. */
export function postingName(kind: string, words: PlainTranslator): string {
  return wordOr(words, `consolePayments.ledger.kinds.${kind}`, kind);
}

/** What an account of the ledger is called; a gateway's goes by the gateway's name. */
export function accountName(account: string, words: PlainTranslator): string {
  if (account.startsWith(GATEWAY)) return gatewayName(account.slice(GATEWAY.length));
  return wordOr(words, `consolePayments.ledger.accounts.${account}`, account);
}

/** What somebody did, as the trail tells it: "pidió una devolución". */
export function actName(action: string, words: PlainTranslator): string {
  return wordOr(words, `activity.actions.${action}`, action);
}
