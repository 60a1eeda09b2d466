import type { AuditEntry } from "./audit";
import type { Product } from "./catalogue";
import words from "./data/words.json";
import type { Random } from "./random";
import { type Author, Stock } from "./stock";

const FEW = 0.4;

/** What each branch keeps on its shelves, and how goods come there without being sold. */
export class Shelves {
  readonly stock: Stock;
  readonly audit: AuditEntry[] = [];
  readonly #kept = new Map<string, Product[]>();

  /** @param by who signs the papers */
  constructor(
    private readonly random: Random,
    organization: string,
    private readonly by: Author,
  ) {
    this.stock = new Stock(random.fork("stock"), organization);
  }

  /** The first day of a branch: part of the catalogue stands on its shelves. */
  open(branch: string, products: readonly Product[], assortment: number, moment: Date): void {
    const kept = products.filter(
      ({ tracksStock, target }) => tracksStock && target > 0 && this.random.chance(assortment),
    );
    this.#kept.set(branch, kept);
    for (const product of kept) {
      this.stock.move({
        branch,
        product,
        quantity: product.target,
        kind: "opening",
        at: moment,
        by: this.by.userId,
      });
    }
  }

  /** A supplier's delivery fills up what is short. */
  receive(branch: string, moment: Date): void {
    const short = this.#short(branch, FEW).filter(() => this.random.chance(0.9));
    if (short.length === 0) return;
    const note = `${this.random.pick(words.receptions)} ${this.random.integer(10_000, 99_999)}`;
    const document = this.stock.document("receive", branch, null, note, this.by, moment);
    for (const product of short) {
      const quantity = product.target - this.stock.level(branch, product) + this.random.integer(0, 2);
      const move = {
        branch,
        product,
        quantity,
        kind: "receive",
        at: moment,
        by: this.by.userId,
        reason: note,
        document,
      } as const;
      this.stock.move(move);
    }
  }

  /** A branch sends another what it is short of and can be spared. */
  transfer(from: string, to: string, moment: Date): void {
    const wanted = this.#short(to, 0.5).filter((product) => this.stock.level(from, product) > 1);
    if (wanted.length === 0) return;
    const note = this.random.pick(words.transfers);
    const document = this.stock.document("transfer", from, to, note, this.by, moment);
    for (const product of wanted) {
      const missing = product.target - this.stock.level(to, product);
      const quantity = Math.max(1, Math.min(missing, this.stock.level(from, product) - 1));
      const common = { product, at: moment, by: this.by.userId, reason: note, document };
      this.stock.move({ ...common, branch: from, quantity: -quantity, kind: "transfer_out" });
      this.stock.move({ ...common, branch: to, quantity, kind: "transfer_in" });
    }
  }

  /** Somebody counts one product and finds another number than the book's. */
  count(branch: string, moment: Date): void {
    const countable = (this.#kept.get(branch) ?? []).filter((kept) => this.stock.level(branch, kept) > 1);
    if (countable.length === 0) return;
    const product = this.random.pick(countable);
    const before = this.stock.level(branch, product);
    const reason = this.random.pick(words.adjustments);
    const quantity = this.random.pick([-1, -1, -1, 1, -2]);
    const document = this.stock.document("adjust", branch, null, reason, this.by, moment);
    const move = {
      branch,
      product,
      quantity,
      kind: "adjust",
      at: moment,
      by: this.by.userId,
      reason,
      document,
    } as const;
    this.stock.move(move);
    this.audit.push({
      at: moment,
      actor: this.by,
      action: "stock.adjusted",
      objectType: "products",
      objectId: product.id,
      reason,
      changes: { branch, quantity: [before, before + quantity] },
    });
  }

  #short(branch: string, share: number): Product[] {
    const kept = this.#kept.get(branch) ?? [];
    return kept.filter((product) => this.stock.level(branch, product) <= product.target * share);
  }
}
