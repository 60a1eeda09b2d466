import { redirect } from "next/navigation";
import { z } from "zod";
import { queryOf, type SearchParams } from "@/components/ui/table-view";
import { SavedViewsMenu } from "@/components/views/saved-views-menu";
import type { Member } from "@/lib/security/member";
import { bareQuery, findView, type SavedView, type ViewList } from "@/lib/views";
import { removeViewAction, saveViewAction } from "./view-actions";

/** The view by which a list was opened, and whether it was changed on the screen since. */
export interface OpenView extends SavedView {
  readonly modified: boolean;
}

/**
 * The view that an address names. A list that is opened without any wish goes to the view that the person wants to
 * see first.
 */
export async function openView(
  member: Member,
  list: ViewList,
  path: string,
  parameters: SearchParams,
): Promise<OpenView | null> {
  if (Object.keys(parameters).length === 0) {
    const first = member.firstViews[list];
    if (first) redirect(`${path}?${addressed(first)}`);
    return null;
  }
  const id = z.uuid().safeParse(parameters["view"]);
  const view = id.success ? await findView(member, list, id.data) : null;
  return view && { ...view, modified: bareQuery(queryOf(parameters).toString()) !== bareQuery(view.query) };
}

/** The menu of a list's views. */
export function SavedViews({
  member,
  list,
  path,
  open,
}: {
  member: Member;
  list: ViewList;
  path: string;
  open: OpenView | null;
}) {
  return (
    <SavedViewsMenu
      list={list}
      path={path}
      open={open}
      branches={member.branches.map(({ id, name }) => ({ id, name }))}
      save={saveViewAction}
      remove={removeViewAction}
    />
  );
}

function addressed({ id, query }: Pick<SavedView, "id" | "query">): string {
  const parameters = new URLSearchParams(query);
  parameters.set("view", id);
  return parameters.toString();
}
