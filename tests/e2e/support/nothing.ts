import { expect, type Page } from "@playwright/test";

/** An address behind which this person finds nothing: no such page, or a list that is not theirs to see. */
export async function findsNothing(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.getByText(/No encontramos esta página|No tienes acceso/).first(), path).toBeVisible();
}
