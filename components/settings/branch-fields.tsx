import { useTranslations } from "next-intl";
import { Field, FieldGrid } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { Branch } from "@/lib/organizations";
import { chileanZones } from "@/lib/time";
import { COMUNAS, ComunaList } from "./comuna-list";
import { HoursFields } from "./hours-fields";

export interface BranchFieldsProps {
  branch?: Branch;
  /** The telephone written for people. */
  phone?: string;
}

/** The fields of a branch, for opening and for changing one. */
export function BranchFields({ branch, phone = "" }: BranchFieldsProps) {
  const t = useTranslations("settings");
  return (
    <>
      <FieldGrid>
        <Field name="name" label={t("branches.name")} required>
          <Input maxLength={80} autoFocus={!branch} defaultValue={branch?.name ?? ""} />
        </Field>
        <Field name="phone" label={t("branches.phone")} optional>
          <Input type="tel" inputMode="tel" placeholder="+56 2 2345 6789" defaultValue={phone} />
        </Field>
        <Field name="address" label={t("branches.address")} optional>
          <Input maxLength={200} defaultValue={branch?.address ?? ""} />
        </Field>
        <Field name="comuna" label={t("branches.comuna")} optional>
          <Input maxLength={80} list={COMUNAS} defaultValue={branch?.comuna ?? ""} />
        </Field>
        <Field name="timeZone" label={t("branches.timeZone")}>
          <Select
            defaultValue={branch?.timeZone ?? "America/Santiago"}
            options={chileanZones.map((zone) => ({ value: zone, label: t(`timeZones.${zone}`) }))}
          />
        </Field>
      </FieldGrid>
      <ComunaList />
      <HoursFields {...(branch && { hours: branch.hours })} />
    </>
  );
}
