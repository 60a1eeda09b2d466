export { removeView, saveView } from "./change-views";
export { findView, listViews, type SavedView } from "./find-views";
export { bareQuery } from "./query";
export {
  type ViewInput,
  type ViewList,
  viewInput,
  viewQuestion,
  viewReference,
} from "./schema";
