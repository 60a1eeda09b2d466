import { AppError } from "./app-error";
import type { ErrorCode } from "./codes";

/** By the code of a refusal: the field of the form that it means, and the sentence that stands there. */
export type Places = Readonly<Partial<Record<ErrorCode, readonly [pointer: string, key: string]>>>;

/** Lets a refusal of the database stand at the field of the form that it means; any other passes unchanged. */
export async function refusedAt<T>(places: Places, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const place = error instanceof AppError && error.issues.length === 0 ? places[error.code] : undefined;
    if (!(error instanceof AppError) || !place) throw error;
    throw AppError.forField(error.code, ...place);
  }
}
