import { BulkheadRejectedError, bulkhead } from "cockatiel";
import { AppError } from "@/lib/errors";
import { createTurns } from "@/lib/security/turns";

/** Files of one organization that this process prepares at once. */
const EACH = 4;
/**
 * A workbook of 50 000 rows takes half a gigabyte and six seconds of the only thread, so one is made at a time for all
 * shops; the next few wait for it.
 */
const workbooks = bulkhead(1, 6);
/** Whoever reads slower than this, or went to sleep over it, keeps no colleague waiting. */
const LONGEST_MS = 120_000;
const RETRY_AFTER_SECONDS = 10;

const takeTurn = createTurns(EACH);

/**
 * Prepares a file when its organization has a turn left: else one shop's hurry is every shop's wait. The turn ends with
 * the last byte, with a reader that goes away, or after two minutes.
 *
 * @param owner whose turns count: an organization's id
 * @throws AppError `export.busy` with `retryAfterSeconds`
 */
export async function inTurn(
  owner: string,
  kind: "stream" | "workbook",
  prepare: () => Promise<Response>,
): Promise<Response> {
  const giveUp = takeTurn(owner);
  if (!giveUp) throw busy();
  try {
    const response = kind === "workbook" ? await workbooks.execute(prepare) : await prepare();
    return whenRead(response, giveUp);
  } catch (error) {
    giveUp();
    if (error instanceof BulkheadRejectedError) throw busy();
    throw error;
  }
}

/** The same answer; `over` is called when its body is. */
function whenRead(response: Response, over: () => void): Response {
  const reader = response.body?.getReader();
  if (!reader) {
    over();
    return response;
  }
  const latest = setTimeout(over, LONGEST_MS);
  latest.unref();
  const end = () => {
    clearTimeout(latest);
    over();
  };
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { value, done } = await reader.read();
        if (!done) return controller.enqueue(value);
        end();
        controller.close();
      } catch (error) {
        end();
        throw error;
      }
    },
    async cancel(reason) {
      end();
      await reader.cancel(reason);
    },
  });
  return new Response(body, { status: response.status, headers: response.headers });
}

function busy(): AppError {
  return new AppError("export.busy", { retryAfterSeconds: RETRY_AFTER_SECONDS });
}
