"use client";

import { useTranslations } from "next-intl";
import { Alert } from "./alert";
import { type FormState, useFormState } from "./form-context";
import { fieldName } from "./form-outcome";

/** What was refused and belongs to no field of the form; nothing when every refusal stands at its field. */
export function FormAlert() {
  const form = useFormState();
  const t = useTranslations("ui");
  if (!form || form.pending) return null;
  const { problem, failure } = form;

  if (failure) {
    const title = failure === "unknown" ? "failure.title" : (`failure.${failure}Title` as const);
    return (
      <Notice title={t(title)}>
        <p>{t(failure === "unknown" ? "failure.detail" : `failure.${failure}`)}</p>
      </Notice>
    );
  }
  if (!problem) return null;
  const homeless = homelessSentences(form);
  if (problem.errors?.length && homeless.length === 0) return null;

  return (
    <Notice title={homeless.length > 0 ? problem.title : undefined}>
      {homeless.length > 0 ? (
        homeless.map((sentence) => <p key={sentence}>{sentence}</p>)
      ) : (
        <p>{problem.detail}</p>
      )}
      {problem.status >= 500 && (
        <p className="mt-1 font-mono text-xs">{t("reference", { code: problem.instance })}</p>
      )}
    </Notice>
  );
}

function Notice({ title, children }: { title: string | undefined; children: React.ReactNode }) {
  return (
    <div tabIndex={-1} data-form-alert className="mb-4 rounded-lg outline-none">
      <Alert tone="danger" title={title} live>
        {children}
      </Alert>
    </div>
  );
}

function homelessSentences({ problem, fields }: FormState): string[] {
  return (problem?.errors ?? [])
    .filter(({ pointer }) => !fields.has(fieldName(pointer)))
    .map(({ detail }) => detail);
}
