import "server-only";
import type { DB, Kysely } from "@/lib/db";
import type { Member } from "@/lib/security/member";
import type { ViewList } from "./schema";

/** A list as somebody likes to look at it. */
export interface SavedView {
  readonly id: string;
  readonly name: string;
  /** The query of the list's address: filters, order, columns, length. */
  readonly query: string;
  /** Shared with whoever works there; null for the maker's alone. */
  readonly branchId: string | null;
  /** Whether the list opens with it, for its maker. */
  readonly opensFirst: boolean;
  /** Whether the member made it, and may change it. */
  readonly mine: boolean;
  /** Whether the member may remove it: an own one, or one shared at a branch of somebody who administers the people. */
  readonly removable: boolean;
}

/**
 * The views of a list that the member made or that are shared at one of their branches, by name; none of a list that they
 * may not read (`saved_views_read`).
 */
export async function listViews(member: Member, list: ViewList): Promise<readonly SavedView[]> {
  const views = await member.atOnce((db) =>
    selectViews(db, member).where("list", "=", list).orderBy("name").orderBy("id").execute(),
  );
  return views.map((view) => withRights(view, member));
}

/** A view of a list; null for one that is not there for this member, not any more, or whose list they may not read. */
export async function findView(member: Member, list: ViewList, id: string): Promise<SavedView | null> {
  const view = await member.atOnce((db) =>
    selectViews(db, member).where("list", "=", list).where("id", "=", id).executeTakeFirst(),
  );
  return view ? withRights(view, member) : null;
}

/** Views of others are seen where both work, so that a right to administer people is all that is left to ask. */
function withRights(view: Omit<SavedView, "removable">, member: Member): SavedView {
  return { ...view, removable: view.mine || member.role === "owner" || member.can("users.manage") };
}

function selectViews(db: Kysely<DB>, member: Member) {
  return db
    .selectFrom("saved_views")
    .select(({ eb }) => [
      "id",
      "name",
      "query",
      "branch_id as branchId",
      eb
        .and([eb("opens_first", "=", true), eb("member_id", "=", member.memberId)])
        .$castTo<boolean>()
        .as("opensFirst"),
      eb("member_id", "=", member.memberId).$castTo<boolean>().as("mine"),
    ])
    .where("organization_id", "=", member.organization.id);
}
