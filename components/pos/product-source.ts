import type { TillProduct } from "@/lib/sales";
import type { Category } from "@/lib/sales/schema";
import type { Reading } from "./multiple";

/** Where a till gets its products from. It remembers what it has seen, so that a known code needs no line. */
export interface ProductSource {
  /** The product with this barcode or SKU, or null. @throws Error without an answer */
  readonly findByCode: (code: string) => Promise<TillProduct | null>;
  /** Products that a text or a category means; best sellers without either. @throws Error without an answer */
  readonly search: (
    question: { q?: string; category?: Category | null },
    signal?: AbortSignal,
  ) => Promise<readonly TillProduct[]>;
  /** These products as they are now, past what is remembered. @throws Error without an answer */
  readonly refresh: (ids: readonly string[]) => Promise<readonly TillProduct[]>;
}

const PATIENCE_MS = 8_000;

export interface FoundProduct {
  readonly product: TillProduct;
  readonly quantity: number;
}

/**
 * The product of the first reading that leads to one, and how often it counts; null when none does.
 *
 * @throws Error when none did and one had no answer
 */
export async function findRead(
  source: Pick<ProductSource, "findByCode">,
  [reading, ...others]: readonly Reading[],
): Promise<FoundProduct | null> {
  if (!reading) return null;
  const product = await source.findByCode(reading.code).catch((error: unknown) => ({ error }));
  if (product && !("error" in product)) return { product, quantity: reading.quantity };
  const found = await findRead(source, others);
  if (!found && product) throw product.error;
  return found;
}

export function createProductSource(branchId: string): ProductSource {
  const byCode = new Map<string, TillProduct>();

  const remember = (products: readonly TillProduct[]) => {
    for (const product of products) {
      byCode.set(product.sku.toLowerCase(), product);
      if (product.barcode) byCode.set(product.barcode.toLowerCase(), product);
    }
    return products;
  };
  const ask = async (question: Record<string, string>, signal?: AbortSignal) => {
    const patience = AbortSignal.timeout(PATIENCE_MS);
    const response = await fetch(`/api/pos/products?${new URLSearchParams({ branchId, ...question })}`, {
      signal: signal ? AbortSignal.any([signal, patience]) : patience,
    });
    if (!response.ok) throw new Error(`products answered ${response.status}`);
    const { products } = (await response.json()) as { products: readonly TillProduct[] };
    return remember(products);
  };

  return {
    async findByCode(code) {
      const known = byCode.get(code.toLowerCase());
      if (known) return known;
      const [found] = await ask({ code });
      return found ?? null;
    },
    search: ({ q, category }, signal) => ask({ ...(q && { q }), ...(category && { category }) }, signal),
    refresh: (ids) => (ids.length === 0 ? Promise.resolve([]) : ask({ ids: ids.join(",") })),
  };
}
