import "server-only";
import { sql } from "@/lib/db";
import { stretch } from "@/lib/paging";
import type { Caller } from "@/lib/security/session";
import { filterInput, type NoticeFilter } from "./payments-schema";
import { readableHeaders, readablePayload } from "./readable-payload";

/** One message of a gateway, or a question of our own to it. */
export interface NoticeRow {
  readonly id: number;
  readonly gateway: string;
  readonly kind: string;
  readonly reference_kind: string | null;
  readonly reference: string | null;
  /** `signature` proved itself, `hint` could not, `return` came with a browser, `sweep` is ours. */
  readonly verified_by: string;
  readonly status: string;
  readonly attempts: number;
  readonly received_at: Date;
  readonly next_attempt_at: Date;
  readonly last_error: string | null;
  readonly payment_id: string | null;
  readonly organization: string | null;
}

/** A notice as people may read it: secrets and people in what the gateway wrote are hidden. */
export interface NoticeDetail {
  readonly id: number;
  readonly gateway: string;
  readonly kind: string;
  readonly reference_kind: string | null;
  readonly reference: string | null;
  readonly verified_by: string;
  readonly status: string;
  readonly attempts: number;
  readonly received_at: string;
  readonly next_attempt_at: string;
  readonly last_error: string | null;
  readonly trace_id: string | null;
  readonly about: {
    readonly organization_id: string;
    readonly organization: string | null;
    readonly payment_id: string | null;
  } | null;
  /** What the gateway wrote was deleted after ninety days. */
  readonly purged: boolean;
  readonly body: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
}

/** How the inbox of one gateway stands. */
export interface InboxRow {
  readonly gateway: string;
  readonly waiting: number;
  readonly dead: number;
  /** Forgeries that were refused since counting began. */
  readonly refused: number;
  readonly last_notice_at: Date | null;
}

/** Up to so many notices of a filter are counted; one more says that there are more. */
export const NOTICES_COUNTED = 10_000;

/** One page of the log, the newest first; `total` at most `NOTICES_COUNTED` + 1. @throws AppError `access.forbidden`, `access.step_up_required` */
export function listNotices(
  staff: Caller,
  filter: NoticeFilter,
): Promise<{ rows: readonly NoticeRow[]; total: number }> {
  const { limit, offset } = stretch(filter);
  return staff.transaction(async (db) => {
    const { rows } = await sql<NoticeRow & { total: number }>`
      select * from private.console_notices(${filterInput(filter)}::jsonb, ${limit}, ${offset})`.execute(db);
    return { rows, total: rows[0]?.total ?? 0 };
  });
}

/** @throws AppError `not_found`, `access.forbidden`, `access.step_up_required` */
export function getNotice(staff: Caller, noticeId: number): Promise<NoticeDetail> {
  return staff.transaction(async (db) => {
    const { rows } = await sql<{
      detail: Omit<NoticeDetail, "body" | "headers"> & { payload: string; headers: Record<string, string> };
    }>`select private.console_notice(${noticeId}) as detail`.execute(db);
    const [row] = rows;
    if (!row) throw new Error("console_notice answered nothing");
    const { payload, headers, ...detail } = row.detail;
    return {
      ...detail,
      body: readablePayload(Buffer.from(payload, "base64"), headers["content-type"] ?? null),
      headers: readableHeaders(headers),
    };
  });
}

/** How the inbox stands, gateway by gateway. */
export function listInbox(staff: Caller): Promise<readonly InboxRow[]> {
  return staff.transaction(async (db) => {
    const { rows } = await sql<InboxRow>`select * from private.console_inbox()`.execute(db);
    return rows;
  });
}
