export { AppError, type ErrorDetails } from "./app-error";
export { catalogue, type ErrorCode, isErrorCode } from "./codes";
export { type DatabaseNaming, isRetryable } from "./from-database";
export type { FieldIssue } from "./from-validation";
export {
  type ActionResult,
  type Problem,
  type ProblemField,
  problemHeaders,
  type Translate,
  toProblem,
} from "./problem";
export { type Places, refusedAt } from "./refused-at";
