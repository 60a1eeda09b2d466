import { forget, keep, kept } from "@/components/ui/kept";
import { newKey } from "@/components/ui/new-key";

/**
 * The key under which a stock document is sent. It stays with the lines that are kept under the same name: sent again
 * after a reload because no answer came, it is the same document still.
 */
export function keyOfDocument(name: string): string {
  const known = sentKey(name);
  const key = known ?? newKey();
  keep(keyName(name), key);
  return key;
}

/** The key of a document that was sent and has no good answer yet, or null. */
export function sentKey(name: string): string | null {
  const key = kept(keyName(name));
  return typeof key === "string" ? key : null;
}

/** The document is saved, or given up: the next one under this name is another. */
export function forgetDocument(name: string): void {
  forget(name);
  forget(keyName(name));
}

/** Takes back that a document was given up. */
export function keepKey(name: string, key: string | null): void {
  if (key !== null) keep(keyName(name), key);
}

function keyName(name: string): string {
  return `${name}:key`;
}
