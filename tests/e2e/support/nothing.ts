import { expect, type Page } from "@playwright/test";

/** An address behind which this person finds what everybody finds where nothing is. */
export async function findsNothing(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.getByText("No encontramos esta página").first(), path).toBeVisible();
}
