import { expect, type Page } from "@playwright/test";

/** Notes what a page complains of; `none()` fails the test when there was anything. */
export function watch(page: Page): { none(): void } {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(`${message.text()} (${message.location().url})`);
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  return {
    none: () => expect(complaints).toEqual([]),
  };
}
