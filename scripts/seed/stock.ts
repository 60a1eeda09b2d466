import type { Product } from "./catalogue";
import type { Row } from "./insert-rows";
import type { Random } from "./random";

/** The person behind a document. */
export interface Author {
  readonly userId: string;
  readonly name: string;
}

export interface Move {
  readonly branch: string;
  readonly product: Product;
  /** Signed units. */
  readonly quantity: number;
  readonly kind: "opening" | "receive" | "adjust" | "transfer_out" | "transfer_in" | "sale" | "void";
  readonly at: Date;
  readonly by: string | null;
  readonly reason?: string;
  readonly document?: string;
  readonly order?: string;
}

/** The stock of one shop while its history is played: levels, and the ledger that explains them. */
export class Stock {
  readonly documents: Row<"stock_documents">[] = [];
  readonly movements: Row<"stock_movements">[] = [];
  readonly #levels = new Map<string, number>();

  constructor(
    private readonly random: Random,
    private readonly organization: string,
  ) {}

  level(branch: string, product: Product): number {
    return this.#levels.get(`${branch} ${product.id}`) ?? 0;
  }

  move({ branch, product, quantity, kind, at, by, reason, document, order }: Move): void {
    const balance = this.level(branch, product) + quantity;
    this.#levels.set(`${branch} ${product.id}`, balance);
    this.movements.push({
      organization_id: this.organization,
      id: this.random.uuid(),
      branch_id: branch,
      product_id: product.id,
      kind,
      quantity,
      balance_after: balance,
      unit_cost: kind === "receive" || kind === "opening" ? product.cost : null,
      reason: reason ?? null,
      document_id: document ?? null,
      order_id: order ?? null,
      created_by: by,
      created_at: at,
    });
  }

  /** Opens the paper behind moves that somebody makes by hand. */
  document(
    kind: "receive" | "adjust" | "transfer",
    branch: string,
    to: string | null,
    note: string | null,
    by: Author,
    at: Date,
  ): string {
    const id = this.random.uuid();
    this.documents.push({
      organization_id: this.organization,
      id,
      branch_id: branch,
      to_branch_id: to,
      kind,
      note,
      idempotency_key: `demo-${id}`,
      created_by: by.userId,
      created_by_name: by.name,
      created_at: at,
    });
    return id;
  }

  levelRows(): Row<"stock_levels">[] {
    return [...this.#levels].map(([key, quantity]) => {
      const [branch = "", product = ""] = key.split(" ");
      return { organization_id: this.organization, branch_id: branch, product_id: product, quantity };
    });
  }
}
