import type { ActionResult } from "@/components/ui/problem";

type Action<T> = (previous: unknown, input: FormData | object) => Promise<ActionResult<T>>;

/** Counts a print before it is made; tells whether it is a copy. */
export type CountPrint = Action<{ copy: boolean }>;
/** Sends a receipt to `email`. */
export type MailReceipt = Action<null>;
