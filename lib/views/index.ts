export { removeView, saveView } from "./change-views";
export { findFirstView, findView, listViews, type SavedView } from "./find-views";
export { bareQuery } from "./query";
export {
  type ViewInput,
  type ViewList,
  viewInput,
  viewQuestion,
  viewReference,
} from "./schema";
