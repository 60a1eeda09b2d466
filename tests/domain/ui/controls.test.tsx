import type { ReactNode } from "react";
import { describe, expect, test } from "vitest";
import { Alert, type AlertTone, Banner } from "@/components/ui/alert";
import { Button, ButtonLink } from "@/components/ui/button";
import { Checkbox, Radio } from "@/components/ui/checkbox";
import { Field, type FieldProps } from "@/components/ui/field";
import { FormAlert } from "@/components/ui/form-alert";
import { FormContext, type FormState } from "@/components/ui/form-context";
import { IconButton } from "@/components/ui/icon-button";
import { Plus } from "@/components/ui/icons";
import { Input } from "@/components/ui/input";
import { Menu, MenuChoice, MenuItem, MenuLabel } from "@/components/ui/menu";
import { MoneyInput } from "@/components/ui/money-input";
import { PageHeader } from "@/components/ui/page-header";
import { PasswordInput } from "@/components/ui/password-input";
import { Select } from "@/components/ui/select";
import { Tabs } from "@/components/ui/tabs";
import { AppError, toProblem } from "@/lib/errors";
import { translatorFor } from "@/lib/i18n/translator";
import { seen } from "./seen";

const form = (state: Partial<FormState>, children: ReactNode) => (
  <FormContext
    value={{
      pending: false,
      problem: null,
      failure: null,
      errors: new Map(),
      fields: new Set(),
      registerField: () => () => undefined,
      ...state,
    }}
  >
    {children}
  </FormContext>
);

describe("a field", () => {
  const field = (props: Partial<FieldProps> = {}, state: Partial<FormState> = {}) =>
    seen(
      form(
        state,
        <Field name="address.street" label="Calle" {...props}>
          <Input />
        </Field>,
      ),
    );

  test("ties its label and its hint to the control, and sends its name", () => {
    const page = field({ hint: "Sin número", required: true });
    const { id, name, ...input } = page.one("input").attributes;
    expect(page.one("label", { for: id ?? "" }).text).toBe("Calle");
    expect(name).toBe("address.street");
    expect(input["required"]).toBe("");
    expect(page.one("p", { id: input["aria-describedby"] ?? "" }).text).toBe("Sin número");
    expect(input["aria-invalid"]).toBeUndefined();
  });

  test("that was refused says why, before its hint, where a screen reader finds both", () => {
    const page = field(
      { hint: "Sin número" },
      { errors: new Map([["address.street", "Completa este campo."]]) },
    );
    const input = page.one("input").attributes;
    const described = input["aria-describedby"]?.split(" ").map((id) => page.one("p", { id }).text);
    expect(described).toEqual(["Completa este campo.", "Sin número"]);
    expect(input["aria-invalid"]).toBe("true");
  });

  test("is not blamed for another field", () => {
    expect(field({}, { errors: new Map([["rut", "No es válido."]]) }).text).toBe("Calle");
  });

  test("may say that it can be left empty, or hide its label from the eye alone", () => {
    expect(field({ optional: true }).one("label").text).toBe("Calle Opcional");
    expect(field({ hideLabel: true }).one("label").attributes["class"]).toContain("sr-only");
  });

  test("works the same around a list, an amount and a box", () => {
    const controls = seen(
      <>
        <Field name="reason" label="Motivo" error="Elige uno.">
          <Select placeholder="Ninguno" options={[{ value: "a", label: "Merma" }]} />
        </Field>
        <Field name="price" label="Precio" error="Falta.">
          <MoneyInput defaultValue={12_990} />
        </Field>
        <Field name="terms" label="Acuerdo" error="Acepta.">
          <Checkbox label="Acepto" />
        </Field>
      </>,
    );
    const select = controls.one("select");
    expect(select.names("option")).toEqual(["Ninguno", "Merma"]);
    const invalid = controls.all("*", { "aria-invalid": "true" });
    expect(invalid.map(({ tag }) => tag)).toEqual(["select", "input", "input"]);
    for (const { attributes } of invalid)
      expect(controls.one("p", { id: attributes["aria-describedby"] ?? "" }).text).toMatch(/\.$/);
    expect(controls.all("input", { value: "12.990" })).toHaveLength(1);
  });
});

describe("what a form says above its fields", () => {
  const t = translatorFor("es");
  const problem = (error: Error) => toProblem(error, { requestId: "r-77", t });
  const said = (state: Partial<FormState>) => seen(form(state, <FormAlert />));

  test("is nothing while all is well or under way", () => {
    expect(said({}).text).toBe("");
    expect(said({ pending: true, failure: "offline" }).text).toBe("");
  });

  test("is read aloud at once, and keeps what was typed when the line drops", () => {
    const lost = said({ failure: "offline" });
    expect(lost.one("div", { role: "alert" }).text).toMatch(/^Sin conexión .*Lo que escribiste sigue aquí/);
    expect(said({ failure: "stale" }).text).toContain("Hay una versión nueva");
    expect(said({ failure: "unknown" }).text).toContain("no sabemos si quedó guardado");
  });

  test("names the code to quote only when the fault is ours", () => {
    expect(said({ problem: problem(new TypeError("undefined")) }).text).toMatch(/Código: .*r-77/);
    expect(said({ problem: problem(new AppError("order.not_found")) }).text).not.toContain("r-77");
  });
});

describe("what is pressed", () => {
  test("an icon alone has a name, which is also its tip", () => {
    const button = seen(<IconButton label="Agregar línea" icon={<Plus />} />).one("button", {
      type: "button",
    });
    expect(button.name).toBe("Agregar línea");
    expect(button.attributes["data-tip"]).toBe("Agregar línea");
    expect(button.one("svg").attributes["aria-hidden"]).toBe("true");
  });

  test("work under way takes no second press and keeps the name", () => {
    for (const busy of [
      <Button key="text" pending>
        Guardar
      </Button>,
      <IconButton key="icon" pending label="Guardar" icon={<Plus />} />,
    ]) {
      const button = seen(busy).one("button", { disabled: "", "aria-busy": "true" });
      expect(button.name).toContain("Guardar");
    }
    expect(seen(<Button>Guardar</Button>).one("button").attributes).not.toHaveProperty("disabled");
  });

  test("a link that looks like a button is still a link", () => {
    expect(seen(<ButtonLink href="/pos">Vender</ButtonLink>).href("Vender")).toBe("/pos");
  });

  test("a password can be looked at, by a button that says what it does", () => {
    const page = seen(<PasswordInput name="password" />);
    expect(page.one("input").attributes).toMatchObject({
      type: "password",
      autocomplete: "current-password",
    });
    expect(page.one("button", { "aria-pressed": "false" }).name).toBe("Mostrar contraseña");
    expect(seen(<PasswordInput />, { language: "en" }).one("button").name).toBe("Show password");
  });

  test("the whole line of a choice belongs to it, with what explains it", () => {
    const line = seen(
      <Radio name="plan" value="pro" label="Pro" hint="Tres sucursales" defaultChecked />,
    ).one("label");
    expect(line.name).toBe("Pro Tres sucursales");
    expect(line.one("input", { type: "radio" }).attributes).toMatchObject({ value: "pro", checked: "" });
  });
});

describe("a menu", () => {
  const menu = (iconOnly: boolean) =>
    seen(
      <Menu label="Más acciones" trigger={iconOnly ? <Plus /> : "Acciones"} iconOnly={iconOnly}>
        <MenuItem href="/orders">Ventas</MenuItem>
      </Menu>,
    );

  test("opens from a button that says so and belongs to it", () => {
    const page = menu(true);
    const button = page.one("button", { "aria-haspopup": "menu", "aria-expanded": "false" });
    expect(button.name).toBe("Más acciones");
    expect(page.one("div", { id: button.attributes["popovertarget"] ?? "" }).attributes).toMatchObject({
      role: "menu",
      "aria-label": "Más acciones",
      popover: "auto",
    });
    expect(menu(false).one("button").name).toBe("Acciones");
  });

  test("puts its entries on the page only when it is opened", () => {
    expect(menu(true).all("a")).toEqual([]);
  });

  test("holds links, acts and choices, the chosen one marked and the closed one said to be closed", () => {
    const page = seen(
      <>
        <MenuLabel>Idioma</MenuLabel>
        <MenuItem href="/orders">Ventas</MenuItem>
        <MenuItem disabled>Anular</MenuItem>
        <MenuItem href="/pos" disabled>
          Vender
        </MenuItem>
        <MenuChoice checked>Español</MenuChoice>
        <MenuChoice checked={false}>English</MenuChoice>
      </>,
    );
    expect(page.one("a", { role: "menuitem" }).attributes["href"]).toBe("/orders");
    expect(page.names("button", { role: "menuitem", "aria-disabled": "true" })).toEqual(["Anular", "Vender"]);
    expect(page.names("button", { role: "menuitemradio", "aria-checked": "true" })).toEqual(["Español"]);
    expect(page.names("button", { role: "menuitemradio", "aria-checked": "false" })).toEqual(["English"]);
  });
});

describe("news", () => {
  test("that stood on the page from the start interrupts nobody, and what comes later is read at once", () => {
    const tones: AlertTone[] = ["info", "success", "warning", "danger", "neutral"];
    for (const tone of tones) {
      expect(seen(<Alert tone={tone} title="Pago recibido" />).all("div", { role: "alert" })).toEqual([]);
      const live = seen(
        <Alert tone={tone} title="Pago recibido" live actions={<a href="/billing">Ver</a>} />,
      );
      expect(live.one("div", { role: "alert" }).name).toBe("Pago recibido Ver");
    }
  });

  test("over the page stay off paper", () => {
    expect(seen(<Banner tone="danger">Suspendida</Banner>).one("div", { "data-chrome": "true" }).text).toBe(
      "Suspendida",
    );
  });
});

describe("the way through the pages", () => {
  const tabs = [
    { href: "/cash-register", label: "Mi caja" },
    { href: "/cash-register/sessions", label: "Cierres", deep: true, count: 3 },
    { href: "/cash-register/sessions?status=open", label: "Abiertas" },
  ];
  const current = (at: string) =>
    seen(<Tabs label="Caja" tabs={tabs} />, { at }).names("a", { "aria-current": "page" });

  test.each([
    ["/cash-register", ["Mi caja"]],
    ["/cash-register/sessions", ["Cierres 3"]],
    ["/cash-register/sessions/9", ["Cierres 3"]],
    ["/cash-register/sessions?status=open", ["Abiertas"]],
    ["/orders", []],
  ])("at %s the tab %j is the current one", (at, names) => {
    expect(current(at)).toEqual(names);
  });

  test("a page has one heading, and the way to it without itself", () => {
    const page = seen(
      <PageHeader
        title="Venta N° 123"
        badge={<b>Anulada</b>}
        breadcrumbs={[{ href: "/orders", label: "Ventas" }]}
      />,
    );
    expect(page.one("h1").name).toBe("Venta N° 123 Anulada");
    expect(page.one("nav").name).toBe("Ruta de navegación");
    expect(page.href("Ventas")).toBe("/orders");
  });
});
