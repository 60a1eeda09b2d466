"use client";

import { useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { ActionForm, Field, type FormAction, FormActions, SubmitButton } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { SavedView } from "@/lib/views";

interface ViewDialogProps {
  list: string;
  /** The own view that is changed; null makes a new one of what is on the screen. */
  view: SavedView | null;
  branches: readonly { readonly id: string; readonly name: string }[];
  action: FormAction<string>;
  onSaved: (id: string) => void;
  onClose: () => void;
}

/** Names a view, shares it with a branch, and makes it the one with which the list opens. */
export default function ViewDialog({ list, view, branches, action, onSaved, onClose }: ViewDialogProps) {
  const t = useTranslations("ui.views");
  const query = useSearchParams().toString();
  return (
    <Dialog
      open
      size="sm"
      title={t(view ? "edit" : "saveNew")}
      description={view ? undefined : t("saveNewHint")}
      onOpenChange={onClose}
    >
      <ActionForm action={action} onSuccess={onSaved} successMessage={t("saved")}>
        {view && <input type="hidden" name="id" value={view.id} />}
        <input type="hidden" name="list" value={list} />
        <input type="hidden" name="query" value={view ? view.query : query} />
        <div className="flex flex-col gap-5">
          <Field name="name" label={t("name")} required>
            <Input maxLength={60} autoFocus defaultValue={view?.name} placeholder={t("namePlaceholder")} />
          </Field>
          <Field name="branchId" label={t("seenBy")}>
            <Select
              defaultValue={view?.branchId ?? ""}
              placeholder={t("onlyMe")}
              options={branches.map(({ id, name }) => ({ value: id, label: t("branch", { name }) }))}
            />
          </Field>
          <Checkbox name="opensFirst" label={t("opensFirstLabel")} defaultChecked={view?.opensFirst} />
        </div>
        <FormActions>
          <SubmitButton>{t("save")}</SubmitButton>
        </FormActions>
      </ActionForm>
    </Dialog>
  );
}
