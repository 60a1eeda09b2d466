/** Who registered, or may register, a card. */
export interface Customer {
  customerId: string;
  name: string;
  email: string;
  externalId: string;
  created: string;
  card: { type: string; last4: string } | null;
  /** The code with which every charge is refused; null: charges go through. */
  refusesWith: number | null;
}

/** A page on which a customer registers a card: 0 open, 1 registered, 2 refused. */
export interface Registration {
  token: string;
  customerId: string;
  urlReturn: string;
  status: 0 | 1 | 2;
}

export interface Plan {
  planId: string;
  name: string;
  currency: string;
  amount: number;
  /** 1 day, 2 week, 3 month, 4 year. */
  interval: 1 | 2 | 3 | 4;
  intervalCount: number;
  trialDays: number;
  created: string;
  daysUntilDue: number;
  retries: number;
  urlCallback: string | null;
  /** What plans/get says instead of the truth, where a test wants a wrong answer. */
  lies: Record<string, unknown>;
}

/** Days are calendar days of Santiago, `yyyy-mm-dd`. */
export interface Subscription {
  subscriptionId: string;
  planId: string;
  customerId: string;
  created: string;
  /** 1 active, 2 trial, 4 cancelled. */
  status: 1 | 2 | 4;
  start: string;
  trialDays: number;
  /** From where periods are counted, and how many have been billed. */
  anchor: string;
  billed: number;
  periodStart: string;
  nextInvoice: string | null;
  cancelAtPeriodEnd: boolean;
  change: { planId: string; on: string } | null;
  lies: Record<string, unknown>;
}

export interface Attempt {
  id: number;
  date: string;
  errorCode: number;
}

export interface Invoice {
  id: number;
  subscriptionId: string;
  customerId: string;
  created: string;
  subject: string;
  currency: string;
  amount: number;
  periodStart: string;
  periodEnd: string;
  dueDate: string;
  /** 0 unpaid, 1 paid, 2 annulled. */
  status: 0 | 1 | 2;
  attempts: Attempt[];
  nextAttempt: string | null;
  flowOrder: number | null;
  lies: Record<string, unknown>;
}

/** A day some days later. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}

/** A day some periods after an anchor; the 31st becomes the last of a shorter month and comes back after it. */
export function addPeriods(
  anchor: string,
  { interval, intervalCount }: Pick<Plan, "interval" | "intervalCount">,
  count: number,
): string {
  const periods = count * intervalCount;
  if (interval === 1 || interval === 2) return addDays(anchor, periods * (interval === 2 ? 7 : 1));
  const [year = 0, month = 1, day = 1] = anchor.split("-").map(Number);
  const months = month - 1 + periods * (interval === 4 ? 12 : 1);
  const last = new Date(Date.UTC(year, months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, months, Math.min(day, last))).toISOString().slice(0, 10);
}
