export { type ClosedDrawer, closeDrawer, moveCash, openDrawer } from "./drawer";
export { findOwnDrawer, type OpenDrawer } from "./find-own-drawer";
export { getSession, type SessionMovement, type SessionReport, type TenderTotal } from "./get-session";
export { exportSessions, listSessions, type SessionPage, type SessionRow } from "./list-sessions";
export { listVoidDrawers, type VoidDrawer } from "./list-void-drawers";
export {
  cashMovement,
  drawerClosing,
  drawerOpening,
  type SessionFilter,
  sessionFilter,
  sessionQuery,
  sessionStatuses,
  type TenderAmounts,
} from "./schema";
export { sessionColumns } from "./session-columns";
