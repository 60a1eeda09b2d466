"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/form";
import { Select } from "@/components/ui/select";

export interface RoleChoice {
  readonly role: string;
  readonly label: string;
  readonly permissions: readonly string[];
}

export interface PermissionGroup {
  readonly title: string;
  readonly permissions: readonly {
    readonly name: string;
    readonly label: string;
    readonly givable: boolean;
  }[];
}

export interface AccessFieldsProps {
  roles: readonly RoleChoice[];
  groups: readonly PermissionGroup[];
  role: string;
  /** What the person may do now. */
  held: readonly string[];
  texts: {
    readonly role: string;
    readonly title: string;
    readonly hint: string;
    readonly owner: string;
    readonly reset: string;
  };
}

/** A role and the single permissions that differ from it; another role ticks its own. */
export function AccessFields({ roles, groups, role: before, held, texts }: AccessFieldsProps) {
  const [role, setRole] = useState(before);
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set(held));
  const ofRole = roles.find((choice) => choice.role === role)?.permissions ?? [];
  const differs = ofRole.length !== ticked.size || ofRole.some((permission) => !ticked.has(permission));

  function choose(next: string) {
    setRole(next);
    setTicked(new Set(roles.find((choice) => choice.role === next)?.permissions));
  }

  function tick(permission: string, on: boolean) {
    setTicked((known) =>
      on ? new Set(known).add(permission) : new Set([...known].filter((other) => other !== permission)),
    );
  }

  return (
    <>
      <Field name="role" label={texts.role} className="max-w-80">
        <Select
          value={role}
          options={roles.map((choice) => ({ value: choice.role, label: choice.label }))}
          onChange={(event) => choose(event.currentTarget.value)}
        />
      </Field>
      <fieldset>
        <legend className="font-semibold">{texts.title}</legend>
        <div className="mb-3 flex min-h-(--control-sm) flex-wrap items-center justify-between gap-x-4">
          <p className="text-sm text-ink-soft">{role === "owner" ? texts.owner : texts.hint}</p>
          {differs && role !== "owner" && (
            <Button size="sm" variant="ghost" onClick={() => setTicked(new Set(ofRole))}>
              {texts.reset}
            </Button>
          )}
        </div>
        {role !== "owner" && (
          <div className="grid gap-x-8 gap-y-5 sm:grid-cols-2">
            {groups.map((group) => (
              <div key={group.title} role="group" aria-label={group.title}>
                <p className="border-b border-line pb-1 text-sm font-medium text-ink-soft">{group.title}</p>
                {group.permissions.map(({ name, label, givable }) => (
                  <Checkbox
                    key={name}
                    name="permissions[]"
                    value={name}
                    label={label}
                    checked={ticked.has(name)}
                    disabled={!givable}
                    onChange={(event) => tick(name, event.currentTarget.checked)}
                  />
                ))}
              </div>
            ))}
          </div>
        )}
      </fieldset>
    </>
  );
}
