"use client";

import { useRouter } from "next/navigation";
import {
  type ComponentProps,
  type InputEvent,
  type SubmitEvent,
  startTransition,
  use,
  useActionState,
  useCallback,
  useEffect,
  useEffectEvent,
  useMemo,
  useRef,
  useState,
} from "react";
import { CloseContext } from "./close-context";
import { FormAlert } from "./form-alert";
import { FormContext, type FormState } from "./form-context";
import { type FormAction, fieldErrors, isRefusal, type Outcome, sendAction } from "./form-outcome";
import { toast } from "./toast";

export interface ActionFormProps<T> extends Omit<ComponentProps<"form">, "action" | "onSubmit" | "onReset"> {
  /** A server action made by `memberAction` or alike. */
  action: FormAction<T>;
  onSuccess?: (data: T) => void;
  /** Toast after success, also when the form goes with what it did. */
  successMessage?: string | ((data: T) => string);
  /** Where to go after success, when the action itself does not redirect. */
  redirectTo?: string;
  /** Empties the form after success, for adding one thing after another. */
  resetOnSuccess?: boolean;
  /** Leaves the dialog around open after success. */
  keepOpen?: boolean;
}

/**
 * A form that sends its values to a server action. What was typed stays when it is refused; refused fields
 * say so where they stand and the first gets the focus; while it is sent a second submit does nothing.
 */
export function ActionForm<T>({
  action,
  onSuccess,
  successMessage,
  redirectTo,
  resetOnSuccess = false,
  keepOpen = false,
  children,
  ...rest
}: ActionFormProps<T>) {
  const form = useRef<HTMLFormElement>(null);
  const sending = useRef(false);
  const [outcome, dispatch, pending] = useActionState<Outcome<T> | null, FormData>(async (previous, data) => {
    const answer = await sendAction(action, previous, data);
    // Here and not in an effect: what was done may take this very form off the page.
    if (answer.ok && successMessage) {
      toast.success(typeof successMessage === "string" ? successMessage : successMessage(answer.data));
    }
    return answer;
  }, null);
  const state = useFormValue(outcome, pending);
  const router = useRouter();
  const close = use(CloseContext);

  const succeed = useEffectEvent((data: T) => {
    if (resetOnSuccess) form.current?.reset();
    if (!keepOpen) close?.();
    onSuccess?.(data);
    if (redirectTo) router.push(redirectTo);
  });

  useEffect(() => {
    if (outcome?.ok) succeed(outcome.data);
    else if (outcome) focusFirstRefusal(form.current);
  }, [outcome]);

  useEffect(() => {
    if (!pending) sending.current = false;
  }, [pending]);

  function submit(event: SubmitEvent<HTMLFormElement>) {
    // A form inside a dialog bubbles through the tree of components to the form that opened it.
    if (event.target !== event.currentTarget) return;
    event.preventDefault();
    if (sending.current) return;
    sending.current = true;
    const data = new FormData(event.currentTarget, event.nativeEvent.submitter);
    startTransition(() => dispatch(data));
  }

  return (
    <FormContext value={state}>
      {/* `action` serves a submit before the script is ready: React keeps it and sends it afterwards. */}
      <form noValidate {...rest} ref={form} action={dispatch} onSubmit={submit} onInput={state.forget}>
        <FormAlert />
        {children}
      </form>
    </FormContext>
  );
}

/** The state that fields read, plus `forget`: a value changed since the refusal is no longer marked. */
function useFormValue(outcome: Outcome<unknown> | null, pending: boolean) {
  const [changed, setChanged] = useState<{ outcome: unknown; names: ReadonlySet<string> }>({
    outcome: null,
    names: new Set(),
  });
  const [fields, setFields] = useState<ReadonlySet<string>>(new Set());

  const registerField = useCallback((name: string) => {
    setFields((known) => new Set(known).add(name));
    return () => setFields((known) => new Set([...known].filter((other) => other !== name)));
  }, []);

  const forget = useCallback(
    (event: InputEvent<HTMLFormElement>) => {
      const name = "name" in event.target ? String(event.target.name) : "";
      if (!isRefusal(outcome) || !name) return;
      setChanged((known) => {
        const names = known.outcome === outcome ? known.names : new Set<string>();
        return names.has(name) ? known : { outcome, names: new Set(names).add(name) };
      });
    },
    [outcome],
  );

  return useMemo<FormState & { forget: typeof forget }>(() => {
    const refused = isRefusal(outcome) ? outcome : null;
    const settled = changed.outcome === outcome ? changed.names : new Set<string>();
    return {
      pending,
      problem: refused?.problem ?? null,
      failure: refused?.failure ?? null,
      errors: fieldErrors(refused?.problem ?? null, settled),
      fields,
      registerField,
      forget,
    };
  }, [outcome, pending, changed, fields, registerField, forget]);
}

function focusFirstRefusal(form: HTMLFormElement | null) {
  const first =
    form?.querySelector<HTMLElement>("[aria-invalid='true']") ??
    form?.querySelector<HTMLElement>("[data-form-alert]");
  first?.focus();
}
