import { redirect } from "next/navigation";
import { beforeEach, expect, test } from "vitest";
import { toast, toastStore } from "@/components/ui/toast";
import { useRun } from "@/components/ui/use-run";
import { AppError, toProblem } from "@/lib/errors";
import { translatorFor } from "@/lib/i18n/translator";
import { seen } from "./seen";

type Run = ReturnType<typeof useRun>;

/** The runner of a page of the program. */
function runner(): Run {
  let run: Run | undefined;
  function Button() {
    run = useRun();
    return null;
  }
  seen(<Button />);
  if (!run) throw new Error("nothing was shown");
  return run;
}

const told = () => toastStore.snapshot().map(({ tone, message }) => `${tone}: ${message}`);

beforeEach(() => {
  for (const { id } of toastStore.snapshot()) toast.dismiss(id);
});

test("signing out over a dropped line is not taken for done: the person is told to try again", async () => {
  expect(await runner()(() => Promise.reject(new TypeError("Failed to fetch")))).toBe(false);
  expect(told()).toEqual([
    "danger: No llegó respuesta y puede que no se haya hecho. Revisa tu conexión y vuelve a intentarlo.",
  ]);
});

test("a server that fails is told of, and the page stays", async () => {
  expect(await runner()(() => Promise.reject(new Error("500")))).toBe(false);
  expect(told()).toEqual(["danger: Algo falló y puede que no se haya hecho. Vuelve a intentarlo."]);
});

test("a refusal is told in its own words", async () => {
  const problem = toProblem(new AppError("conflict"), { requestId: "r", t: translatorFor("es") });
  expect(await runner()(() => Promise.resolve({ ok: false, problem }))).toBe(false);
  expect(told()).toEqual([`danger: ${problem.detail}`]);
});

test("what answers nothing was done, and a redirect goes on", async () => {
  expect(await runner()(() => Promise.resolve())).toBe(true);
  expect(await runner()(() => Promise.resolve(null))).toBe(true);
  await expect(runner()(async () => redirect("/login"))).rejects.toThrow("NEXT_REDIRECT");
  expect(told()).toEqual([]);
});
