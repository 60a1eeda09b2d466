import type { TillProduct } from "@/lib/sales";

/** A product as a till gets it; change what a test is about. */
export function aProductSeen(change: Partial<TillProduct> = {}): TillProduct {
  return {
    id: "f0000000-0000-4000-8000-000000000001",
    sku: "ARM-1",
    barcode: "7800000000017",
    name: "Armazón clásico",
    brand: null,
    category: "frame",
    price: 50_000,
    taxKind: "taxable",
    tracksStock: true,
    allowsNegative: false,
    stock: 10,
    ...change,
  };
}

export const frame = aProductSeen();
export const cleaner = aProductSeen({
  id: "f0000000-0000-4000-8000-000000000002",
  sku: "LIM-1",
  barcode: "7800000000024",
  name: "Limpiador",
  category: "accessory",
  price: 3_990,
});
export const exam = aProductSeen({
  id: "f0000000-0000-4000-8000-000000000003",
  sku: "EXA-1",
  barcode: null,
  name: "Examen de la vista",
  category: "service",
  price: 15_000,
  taxKind: "exempt",
  tracksStock: false,
  stock: null,
});
