import { expect, test } from "vitest";
import { fieldErrors, fieldName, isRefusal, sendAction } from "@/components/ui/form-outcome";
import { AppError, toProblem } from "@/lib/errors";
import { translatorFor } from "@/lib/i18n/translator";

function refusal(pointers: string[]) {
  const issues = pointers.map((pointer) => ({ pointer, code: "required", key: "required", values: {} }));
  return toProblem(new AppError("input.invalid", {}, { issues }), { requestId: "r", t: translatorFor("es") });
}

test("a pointer names the field, however deep it stands", () => {
  expect(fieldName("/rut")).toBe("rut");
  expect(fieldName("/lines/0/quantity")).toBe("lines.0.quantity");
  expect(fieldName("/a~1b/c~0d")).toBe("a/b.c~d");
  expect(fieldName("")).toBe("");
});

test("a field says the first thing that is wrong with it", () => {
  const errors = fieldErrors(refusal(["/rut", "/rut", "/address/street"]), new Set());
  expect([...errors.keys()]).toEqual(["rut", "address.street"]);
  expect(errors.get("rut")).toBe("Completa este campo.");
});

test("a field changed since the refusal is no longer wrong", () => {
  expect([...fieldErrors(refusal(["/rut", "/name"]), new Set(["rut"])).keys()]).toEqual(["name"]);
  expect(fieldErrors(null, new Set()).size).toBe(0);
});

test("a lost connection is an answer too, so that nothing typed is lost", async () => {
  const outcome = await sendAction(
    () => Promise.reject(new TypeError("Failed to fetch")),
    null,
    new FormData(),
  );
  expect(outcome).toEqual({ ok: false, failure: "offline" });
  expect(isRefusal(outcome)).toBe(true);
});

test("a failure of the server does not pretend that nothing was saved", async () => {
  const outcome = await sendAction(() => Promise.reject(new Error("500")), null, new FormData());
  expect(outcome).toEqual({ ok: false, failure: "unknown" });
});

test("after a lost answer the action is told of no earlier answer", async () => {
  const seen: unknown[] = [];
  const action = async (previous: unknown) => {
    seen.push(previous);
    return { ok: true, data: 1 } as const;
  };
  await sendAction(action, { ok: false, failure: "offline" }, new FormData());
  await sendAction(action, { ok: true, data: 7 }, new FormData());
  expect(seen).toEqual([null, { ok: true, data: 7 }]);
});
