import { describe, expect, test } from "vitest";
import { comunas, comunasByRegion } from "@/lib/chile/comunas";
import { AppError } from "@/lib/errors";
import { changedBranch, newBranch, newLogo, organizationDetails } from "@/lib/organizations";

const branch = { name: "Centro", timeZone: "America/Santiago" };
const shop = { name: "Óptica Vista" };

function refusals(
  schema: typeof newBranch | typeof organizationDetails | typeof newLogo,
  input: object,
): Record<string, string> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return {};
  return Object.fromEntries(
    AppError.fromValidation(parsed.error).issues.map(({ pointer, key }) => [pointer, key]),
  );
}

describe("the shop's details", () => {
  test("are stored in one spelling", () => {
    const typed = {
      name: " Óptica  Vista ",
      rut: "76.086.428-5",
      phone: "2 2345 6789",
      email: "HOLA@Vista.cl",
      legalName: "",
    };
    expect(organizationDetails.parse(typed)).toMatchObject({
      name: "Óptica Vista",
      rut: "76086428-5",
      phone: "+56223456789",
      email: "hola@vista.cl",
      legalName: null,
    });
  });

  test.each(
    (
      [
        [{ name: "" }, "/name", "required"],
        [{ ...shop, rut: "76.086.428-6" }, "/rut", "rut.invalid"],
        [{ ...shop, email: "hola" }, "/email", "format.email"],
        [{ ...shop, phone: "abc" }, "/phone", "phone.invalid"],
        [{ ...shop, receiptFooter: "a".repeat(301) }, "/receiptFooter", "tooBig.string"],
      ] as const
    ).map(([input, pointer, key]) => [pointer, key, input] as const),
  )("%s: %s", (pointer, key, input) => {
    expect(refusals(organizationDetails, input)).toMatchObject({ [pointer]: key });
  });
});

describe("a branch as its form sends it", () => {
  test("keeps the hours of the days that are ticked", () => {
    const form = {
      ...branch,
      "hours.1.open": "on",
      "hours.1.opens": "10:00",
      "hours.1.closes": "19:00",
      "hours.7.opens": "11:00",
      "hours.7.closes": "14:00",
    };
    expect(newBranch.parse(form).hours).toEqual({ "1": { opens: "10:00", closes: "19:00" } });
  });

  test.each(["9:30", "0930", "930", "09.30", " 09:30 "])("reads %j as half past nine", (opens) => {
    const form = { ...branch, "hours.1.open": "on", "hours.1.opens": opens, "hours.1.closes": "19:00" };
    expect(newBranch.parse(form).hours["1"]?.opens).toBe("09:30");
  });

  test("without a ticked day it is always closed", () => {
    expect(newBranch.parse(branch).hours).toEqual({});
  });

  test.each(
    (
      [
        [{ ...branch, name: " " }, "/name", "required"],
        [{ ...branch, timeZone: "Europe/Madrid" }, "/timeZone", "choice"],
        [{ ...branch, phone: "1" }, "/phone", "phone.invalid"],
        [
          { ...branch, "hours.2.open": "on", "hours.2.opens": "19:00", "hours.2.closes": "10:00" },
          "/hours/2/closes",
          "settings.refusals.closesAfterOpening",
        ],
        [
          { ...branch, "hours.2.open": "on", "hours.2.opens": "10:00", "hours.2.closes": "10:00" },
          "/hours/2/closes",
          "settings.refusals.closesAfterOpening",
        ],
        [
          { ...branch, "hours.3.open": "on", "hours.3.opens": "", "hours.3.closes": "19:00" },
          "/hours/3/opens",
          "settings.refusals.hour",
        ],
        [
          { ...branch, "hours.3.open": "on", "hours.3.opens": "25:00", "hours.3.closes": "26:00" },
          "/hours/3/opens",
          "settings.refusals.hour",
        ],
      ] as const
    ).map(([input, pointer, key]) => [pointer, key, input] as const),
  )("%s: %s", (pointer, key, input) => {
    expect(refusals(newBranch, input)).toMatchObject({ [pointer]: key });
  });

  test("a change names its branch", () => {
    expect(changedBranch.safeParse(branch).success).toBe(false);
  });
});

describe("an uploaded logo", () => {
  test("is missing when no file was chosen", () => {
    expect(refusals(newLogo, {})).toEqual({ "/logo": "settings.refusals.logoMissing" });
    expect(refusals(newLogo, { logo: "logo.png" })).toEqual({ "/logo": "settings.refusals.logoMissing" });
  });

  test("may weigh 256 KB and not a byte more", () => {
    expect(refusals(newLogo, { logo: new File([new Uint8Array(262_144)], "a.png") })).toEqual({});
    expect(refusals(newLogo, { logo: new File([new Uint8Array(262_145)], "a.png") })).toEqual({
      "/logo": "settings.refusals.logoTooHeavy",
    });
  });
});

test("there are 346 comunas in 16 regions, each once", () => {
  expect(Object.keys(comunasByRegion)).toHaveLength(16);
  expect(new Set(comunas).size).toBe(346);
  expect(comunas).toHaveLength(346);
  expect(comunas).toContain("Ñuñoa");
});
