import { randomUUID } from "node:crypto";
import { NextRequest } from "next/server";
import type { Member, Shop } from "@/tests/fixtures";
import { cookieHeader, signIn } from "@/tests/fixtures/at-work";

// Loaded after the fixture that stands in for the framework's cookies.
const { POST } = await import("@/app/api/pos/sales/route");

/** A sale of one frame, paid by card; change what a test is about. */
export function aSale(shop: Shop, change: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    branchId: shop.branch,
    lines: [{ productId: shop.frame, quantity: 1 }],
    tenders: [{ method: "debit", amount: 50_000 }],
    ...change,
  };
}

interface Sending {
  readonly key?: string | null;
  readonly headers?: Record<string, string>;
}

/** A refusal as a till reads it. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors?: readonly { pointer: string; code: string; detail: string }[];
}

/** Sends a sale as this person's browser does; a string goes as it is. */
export async function send(
  person: Member | null,
  body: unknown,
  { key = randomUUID(), headers = {} }: Sending = {},
) {
  const cookie = person ? await cookieOf(person) : "";
  return post(cookie, body, { key, headers });
}

/** The cookies of a signed-in person, for requests that go out at the same moment. */
export async function cookieOf(person: Member): Promise<string> {
  await signIn(person);
  return cookieHeader();
}

export async function post(
  cookie: string,
  body: unknown,
  { key = randomUUID(), headers = {} }: Sending = {},
) {
  const request = new NextRequest("http://127.0.0.1:3000/api/pos/sales", {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "sec-fetch-site": "same-origin",
      cookie,
      ...(key !== null && { "idempotency-key": key }),
      ...headers,
    },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  const response = await POST(request, { params: Promise.resolve({}) });
  return {
    status: response.status,
    type: response.headers.get("content-type"),
    body: (await response.json()) as unknown,
  };
}
