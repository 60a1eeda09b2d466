import { type Browser, type CDPSession, expect, type Page } from "@playwright/test";
import { look } from "./database";
import { signedIn } from "./people";

export interface Shelf {
  readonly id: string;
  readonly barcode: string;
  readonly name: string;
  readonly price: number;
}

/** What somebody takes to read what has just come onto the screen; the till takes no press before. */
export const A_LOOK_MS = 700;
/** From the gun to the keyboard: an Enter sooner than that would be the gun's own. */
const BACK_AT_THE_KEYBOARD_MS = 150;

/** Products with a barcode and stock to spare in a branch, dear enough to be discounted. */
export function shelf(branchId: string, count: number): Promise<Shelf[]> {
  return look<Shelf>(
    `select p.id, p.barcode, p.name, p.price::int as price
     from public.stock_levels l
     join public.products p on p.organization_id = l.organization_id and p.id = l.product_id
     where l.branch_id = $1 and l.quantity >= 6 and p.barcode is not null and p.archived_at is null and p.price between 5000 and 60000
     order by l.quantity desc, p.name limit $2`,
    [branchId, count],
  );
}

/** A till of Vista that is ready for the first code. */
export async function openTill(
  browser: Browser,
  email = "seller@vista.test",
): Promise<{ page: Page; branch: string }> {
  const page = await signedIn(browser, email);
  const asking = page.waitForRequest((request) => request.url().includes("/api/pos/products?"));
  await page.goto("/pos");
  const branch = new URL((await asking).url()).searchParams.get("branchId") ?? "";
  await expect(field(page)).toBeFocused();
  // Best sellers come from the server: until they are there the page may still be waking up.
  await expect(page.getByRole("heading", { name: "Más vendidos de la sucursal" })).toBeVisible();
  await emptied(page);
  return { page, branch };
}

/** A cart that an earlier story left behind is nobody's here. */
async function emptied(page: Page): Promise<void> {
  const clear = page.getByRole("button", { name: "Vaciar la venta" });
  if (await clear.isEnabled().catch(() => false)) await clear.click();
  await expect(page.getByText("La venta está vacía")).toBeVisible();
}

export const field = (page: Page) => page.getByLabel("Escanea o busca un producto");
export const total = (page: Page) => page.locator("output[data-total]");
export const quantityOf = (page: Page, { id }: Shelf) => page.locator(`input[data-quantity="${id}"]`);

/**
 * As the gun does it: figures faster than any hand, then Enter. All of them are sent before the first is answered, so
 * that a busy machine cannot make a slow typist of it.
 *
 * @param ends how many Enters the gun sends after a code: CR and LF are two
 */
export async function scan(page: Page, code: string, ends = 1): Promise<void> {
  const figures = Array.from(code, (key) => ({ key, text: key, windowsVirtualKeyCode: key.charCodeAt(0) }));
  await pressAtOnce(page, [...figures, ...Array.from({ length: ends }, () => ENTER)]);
  await page.waitForTimeout(BACK_AT_THE_KEYBOARD_MS);
}

/** Enter as often as a hand presses it that did not wait for what the first one does. */
export const enterTwice = (page: Page) => pressAtOnce(page, [ENTER, ENTER]);

const ENTER = { key: "Enter", text: "\r", windowsVirtualKeyCode: 13 };

async function pressAtOnce(page: Page, keys: readonly (typeof ENTER)[]): Promise<void> {
  const gun = await gunOf(page);
  await Promise.all(
    keys.flatMap(({ key, text, windowsVirtualKeyCode }) => [
      gun.send("Input.dispatchKeyEvent", { type: "keyDown", key, text, windowsVirtualKeyCode }),
      gun.send("Input.dispatchKeyEvent", { type: "keyUp", key, windowsVirtualKeyCode }),
    ]),
  );
}

/**
 * Enter a blink after something appears, by somebody who lost patience: from inside the page, since a busy machine may
 * bring a key from outside too late. `data-entered` of the body tells what it was pressed on.
 */
export async function enterWhenItAppears(page: Page, selector: string): Promise<void> {
  await page.evaluate((wanted) => {
    const enter = () => {
      const focused = document.activeElement;
      document.body.setAttribute("data-entered", focused?.id || focused?.textContent || "nothing");
      if (focused instanceof HTMLInputElement) focused.form?.requestSubmit();
      else if (focused instanceof HTMLElement) focused.click();
    };
    const watcher = new MutationObserver(() => {
      if (!document.querySelector(wanted)) return;
      watcher.disconnect();
      setTimeout(enter, 50);
    });
    watcher.observe(document.body, { childList: true, subtree: true });
  }, selector);
}

const guns = new WeakMap<Page, Promise<CDPSession>>();

/** Stays attached: leaving would take along what else is pretended for the page, a line that is down for example. */
function gunOf(page: Page): Promise<CDPSession> {
  const known = guns.get(page) ?? page.context().newCDPSession(page);
  guns.set(page, known);
  return known;
}

/** Opens the drawer where the seller has none yet: with nothing in it, which somebody has to say. */
export async function withDrawer(page: Page): Promise<void> {
  const dialog = page.getByRole("dialog");
  const amount = dialog.locator("#tender-amount");
  const opening = dialog.getByRole("button", { name: "Abrir caja y seguir" });
  await expect(opening.or(amount)).toBeVisible();
  if (await opening.isVisible()) {
    await page.keyboard.type("0");
    await page.keyboard.press("Enter");
    await expect(amount).toBeFocused();
    await page.waitForTimeout(A_LOOK_MS); // an Enter right after this one would be the same press twice
  }
  await expect(amount).toBeFocused();
}

/** Counts the seller's drawer and closes it, where one is open: the next sale in cash opens another. */
export async function withoutDrawer(browser: Browser, email = "seller@vista.test"): Promise<void> {
  const page = await signedIn(browser, email);
  await page.goto("/cash-register");
  const closing = page.getByRole("link", { name: "Cerrar caja" });
  await expect(closing.or(page.getByRole("button", { name: "Abrir caja" }))).toBeVisible();
  if (await closing.isVisible()) {
    await closing.click();
    for (const means of ["cash", "debit", "credit", "transfer"])
      await page.locator(`input[name=${means}]`).fill("0");
    await page.getByRole("button", { name: "Cerrar caja" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Cerrar la caja" }).click();
    await expect(page).toHaveURL(/\/cash-register\/sessions\/[0-9a-f-]+$/);
  }
  await page.context().close();
}

/** How many sales hold this product. */
export async function salesOf({ id }: Shelf): Promise<number> {
  const [row] = await look<{ n: number }>(
    "select count(distinct order_id)::int as n from public.order_items where product_id = $1",
    [id],
  );
  return row?.n ?? 0;
}

/** Vista's newest sale that counts. */
export async function newestSale(): Promise<{ id: string; number: number }> {
  const [sale] = await look<{ id: string; number: number }>(
    `select o.id, o.receipt_number::int as number from public.orders o join public.organizations g on g.id = o.organization_id
     where g.name = 'Óptica Vista' and o.status = 'completed' order by o.created_at desc limit 1`,
  );
  if (!sale) throw new Error("the demo's shop has sold nothing");
  return sale;
}
