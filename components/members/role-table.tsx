import { useFormatter, useTranslations } from "next-intl";
import { Fragment } from "react";
import { Card } from "@/components/ui/card";
import { Check } from "@/components/ui/icons";
import { Table } from "@/components/ui/table";
import type { Role } from "@/lib/members";
import { permissionGroups } from "./permission-words";

const cell = "border-b border-line px-3 py-2";

/** What each role may do, one column a role. */
export function RoleTable({ roles }: { roles: readonly Role[] }) {
  const t = useTranslations("members");
  const format = useFormatter();
  return (
    <Card flush title={t("rolesTitle")} description={t("rolesDescription")} className="mt-6">
      <Table caption={t("rolesCaption")} keepShape>
        <thead>
          <tr>
            <th
              scope="col"
              className={`${cell} sticky left-0 bg-surface pl-5 text-left text-xs font-medium text-ink-soft`}
            >
              {t("permission")}
            </th>
            {roles.map(({ role }) => (
              <th
                key={role}
                scope="col"
                className={`${cell} text-center text-xs font-medium whitespace-nowrap text-ink-soft last:pr-5`}
              >
                {t(`roles.${role}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {permissionGroups(t, roles).map((group) => (
            <Fragment key={group.group}>
              <tr>
                <th
                  scope="rowgroup"
                  colSpan={roles.length + 1}
                  className={`${cell} bg-sunken/60 pl-5 text-left text-sm font-semibold`}
                >
                  <span className="sticky left-5">{group.title}</span>
                </th>
              </tr>
              {group.permissions.map(({ name, label }) => (
                <tr key={name}>
                  <th
                    scope="row"
                    className={`${cell} sticky left-0 min-w-48 bg-surface max-sm:max-w-40 max-sm:min-w-40 pl-5 text-left text-sm font-normal`}
                  >
                    {label}
                  </th>
                  {roles.map(({ role, permissions }) => (
                    <td key={role} className={`${cell} text-center last:pr-5`}>
                      <Mark yes={permissions.includes(name)} />
                    </td>
                  ))}
                </tr>
              ))}
            </Fragment>
          ))}
          <tr>
            <th
              scope="row"
              className={`${cell} sticky left-0 border-b-0 bg-surface pl-5 text-left text-sm font-normal`}
            >
              {t("maxDiscount")}
            </th>
            {roles.map(({ role, maxDiscountBp }) => (
              <td key={role} className={`${cell} border-b-0 text-center tabular last:pr-5`}>
                {format.number(maxDiscountBp / 10_000, "percent")}
              </td>
            ))}
          </tr>
        </tbody>
      </Table>
    </Card>
  );
}

function Mark({ yes }: { yes: boolean }) {
  const t = useTranslations("members");
  return yes ? (
    <>
      <Check aria-hidden className="mx-auto size-4.5 text-success-text" />
      <span className="sr-only">{t("allowed")}</span>
    </>
  ) : (
    <>
      <span aria-hidden className="text-ink-faint">
        ·
      </span>
      <span className="sr-only">{t("denied")}</span>
    </>
  );
}
