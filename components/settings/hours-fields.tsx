import { useTranslations } from "next-intl";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import type { Branch } from "@/lib/organizations";
import { type Weekday, weekdays } from "@/lib/organizations/schema";
import { CopyHours } from "./copy-hours";

const weekday = { opens: "10:00", closes: "19:00" };
const saturday = { opens: "10:00", closes: "14:00" };
/** What a new branch begins with. */
const usual: Branch["hours"] = {
  "1": weekday,
  "2": weekday,
  "3": weekday,
  "4": weekday,
  "5": weekday,
  "6": saturday,
};

/** Written in 24 hours whatever the browser prefers; a native time field would follow its language. */
const clock = {
  inputMode: "numeric",
  maxLength: 5,
  placeholder: "10:00",
  list: "half-hours",
  className: "tabular",
} as const;
const halfHours = Array.from({ length: 36 }, (_, index) => 6 * 60 + index * 30).map(
  (minutes) =>
    `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`,
);

/** Opening hours, one line a day; a day that is not ticked is closed. */
export function HoursFields({ hours = usual }: { hours?: Branch["hours"] }) {
  const t = useTranslations("settings.branches");
  return (
    <fieldset className="mt-7">
      <legend className="font-semibold">{t("hours")}</legend>
      <p className="mt-0.5 mb-2 text-sm text-ink-soft">{t("hoursHint")}</p>
      <div className="divide-y divide-line rounded-lg border border-line">
        {weekdays.map((day) => (
          <Day key={day} day={day} hours={hours[day]} />
        ))}
      </div>
      <datalist id="half-hours">
        {halfHours.map((time) => (
          <option key={time} value={time} />
        ))}
      </datalist>
    </fieldset>
  );
}

function Day({ day, hours }: { day: Weekday; hours: Branch["hours"][Weekday] }) {
  const t = useTranslations("settings");
  const name = t(`weekdays.${day}`);
  const fallback = day === "6" || day === "7" ? saturday : weekday;
  return (
    <div className="group/day flex min-h-15 flex-wrap items-center gap-x-4 px-4 py-1.5">
      <Checkbox
        name={`hours.${day}.open`}
        label={name}
        defaultChecked={hours !== undefined}
        className="w-36"
      />
      <p className="text-sm text-ink-faint group-has-[[type=checkbox]:checked]/day:hidden">
        {t("branches.closed")}
      </p>
      <div className="hidden flex-wrap items-start gap-2 group-has-[[type=checkbox]:checked]/day:flex">
        <Field
          name={`hours.${day}.opens`}
          label={t("branches.opensOn", { day: name })}
          hideLabel
          className="w-22"
        >
          <Input {...clock} defaultValue={hours?.opens ?? fallback.opens} />
        </Field>
        <span aria-hidden className="leading-(--control)">
          –
        </span>
        <Field
          name={`hours.${day}.closes`}
          label={t("branches.closesOn", { day: name })}
          hideLabel
          className="w-22"
        >
          <Input {...clock} defaultValue={hours?.closes ?? fallback.closes} />
        </Field>
        {day === "1" && (
          <CopyHours
            from={day}
            to={weekdays}
            label={t("branches.copyHours")}
            done={t("branches.hoursCopied")}
          />
        )}
      </div>
    </div>
  );
}
