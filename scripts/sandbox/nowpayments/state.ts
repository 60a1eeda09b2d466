export const statuses = [
  "waiting",
  "confirming",
  "confirmed",
  "sending",
  "finished",
  "partially_paid",
  "failed",
  "refunded",
  "expired",
] as const;
export type Status = (typeof statuses)[number];

export interface Invoice {
  id: string;
  orderId: string | null;
  description: string | null;
  /** Dollars, as a number: this is how the real one takes and gives them. */
  price: number;
  priceCurrency: string;
  notifyUrl: string | null;
  successUrl: string | null;
  cancelUrl: string | null;
  partiallyPaidUrl: string | null;
  fixedRate: boolean;
  createdAt: string;
}

export interface Payment {
  id: number;
  invoiceId: string;
  /** Set for a deposit that was sent again, or in another coin, to the address of that payment. */
  parentId: number | null;
  /** Shared by a payment and its top-ups. */
  purchaseId: number;
  status: Status;
  coin: string;
  price: number;
  payAmount: number;
  actuallyPaid: number;
  createdAt: string;
  updatedAt: string;
  /** Statuses still to come, and when the next one is due, in milliseconds of the sandbox's clock. */
  ahead: Status[];
  nextAt: number;
  /** What the API and the notices say instead of the truth, where a test wants a wrong answer. */
  lies: Record<string, unknown>;
}

export interface NowState {
  nextId: number;
  invoices: Invoice[];
  payments: Payment[];
  /** Whose sample signs the notices. */
  style: SigningStyle;
}

export const signingStyles = ["node", "php", "python"] as const;
export type SigningStyle = (typeof signingStyles)[number];

/** More ids than one life of a sandbox gives. */
const IDS_OF_A_LIFE = 10_000;
let lastBegin = 0;

/** Ids go on from the clock, and past those of the life before, so that an emptied sandbox never gives one twice. */
export function emptyState(): NowState {
  const clock = 5_000_000_000 + (Math.floor(Date.now() / 10) % 1_000_000_000);
  lastBegin = Math.max(clock, lastBegin + IDS_OF_A_LIFE);
  return {
    nextId: lastBegin,
    invoices: [],
    payments: [],
    style: "node",
  };
}
