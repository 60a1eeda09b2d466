import { describe, expect, test } from "vitest";
import { ActivityCard } from "@/components/console/activity-card";
import { GovernActions } from "@/components/console/govern-actions";
import { MembersCard } from "@/components/console/members-card";
import { OrganizationsTable } from "@/components/console/organizations-table";
import { UsageCard } from "@/components/console/usage-card";
import { readTableView } from "@/components/ui/table-view";
import { allowed } from "../ui/allowed";
import { seen } from "../ui/seen";

const unpressed = () => Promise.reject(new Error("nobody pressed"));

describe("the shops as staff see them", () => {
  const row = {
    id: "o1",
    slug: "vista",
    name: "Óptica Vista",
    status: "active",
    subscription: "trialing",
    tier: "pro" as string | null,
    mrr: 39_990,
    members: 6,
    branches: 2,
    orders30Days: 120,
    lastOrderAt: new Date("2026-11-22T14:00:00Z") as Date | null,
    createdAt: new Date("2026-01-02T15:00:00Z"),
  };
  const table = (change: Partial<typeof row> = {}) =>
    seen(
      <OrganizationsTable
        view={readTableView("/organizations", {})}
        path="/o"
        rows={[{ ...row, ...change }]}
      />,
    );

  test("stand with what tells whether they are well", () => {
    expect(table().rows[1]).toEqual([
      "Óptica Vista vista",
      "En prueba",
      "Pro",
      "$39.990",
      "6 / 2",
      "120",
      "hace 1 hora",
      "02-01-2026, 12:00",
    ]);
    expect(table().href("Óptica Vista")).toBe("/o/o1");
  });

  test("are suspended before they are anything else, and may have no plan and no sale", () => {
    expect(table({ status: "suspended" }).rows[1]?.[1]).toBe("Suspendido");
    const fresh = table({ tier: null, lastOrderAt: null }).rows[1];
    expect([fresh?.[2], fresh?.[6]]).toEqual(["—", "—"]);
  });

  test("can be stopped and let in again, never both", () => {
    const acts = (status: "active" | "suspended") =>
      seen(
        <GovernActions
          organization={{ id: "o1", name: "Óptica Vista", status }}
          setStatus={unpressed}
          inviteOwner={unpressed}
        />,
      ).names("button");
    expect(acts("active")).toEqual(["Invitar dueño", "Suspender"]);
    expect(acts("suspended")).toEqual(["Invitar dueño", "Reactivar"]);
  });

  test.each(allowed("public.admin_users", "role"))("have people whose role is a word: %s", (role) => {
    for (const language of ["es", "en"] as const) {
      const member = {
        id: "m1",
        fullName: "Felipe Rojas",
        email: "felipe@vista.cl",
        role,
        status: "active",
      };
      const page = seen(<MembersCard members={[member]} invitations={[]} branches={[]} />, { language });
      expect(page.one("li").text).toMatch(/^Felipe Rojas felipe@vista\.cl \p{Lu}[\p{L} ]+ (Activo|Active)$/u);
      expect(page.one("li").text).not.toMatch(/_/);
    }
  });

  test("show who was invited, and which branch is no longer used", () => {
    const branch = { id: "a", name: "Centro", timeZone: "America/Santiago", archivedAt: null };
    const page = seen(
      <MembersCard
        members={[]}
        invitations={[{ id: "i1", email: "ana@vista.cl", role: "seller" }]}
        branches={[branch, { ...branch, id: "b", name: "Mall", archivedAt: "2026-11-01T15:00:00Z" }]}
      />,
    );
    expect(page.names("li")).toEqual([
      "ana@vista.cl Vendedor Invitado",
      "Centro · America/Santiago",
      "Mall · America/Santiago Archivado",
    ]);
  });

  test("use up limits, of which those that were agreed apart say why", () => {
    const usage = [
      { metric: "users" as const, used: 8, max: 10, override: { reason: "Convenio" } },
      { metric: "products" as const, used: 900, max: null, override: null },
    ];
    const card = (mayWrite: boolean) =>
      seen(<UsageCard organizationId="o1" usage={usage} setLimit={mayWrite ? unpressed : null} />);
    expect(card(false).names("li")).toEqual([
      "Usuarios 8 de 10 Acordado: Convenio",
      "Productos 900 · sin límite",
    ]);
    expect(card(true).names("button")).toEqual(["Cambiar límite: Usuarios", "Cambiar límite: Productos"]);
  });

  test.each([
    ["shop", "Óptica", "Shop"],
    ["console", "Soporte", "Support"],
    ["system", "Sistema", "System"],
  ] as const)("have a trail that says in words from where: %s", (via, es, en) => {
    const entry = {
      seq: 1,
      at: "2026-11-22T02:30:00Z",
      actor_name: "Ana Paz",
      via,
      action: "order.voided",
      reason: null,
    };
    const cells = (language: "es" | "en") =>
      seen(<ActivityCard activity={[entry]} verifiedAt={null} />, { language }).rows[1];
    expect(cells("es")).toEqual(["21-11-2026, 23:30", `Ana Paz ${es}`, "order.voided", "—"]);
    expect(cells("en")?.[1]).toBe(`Ana Paz ${en}`);
  });

  test("have a trail that says when it was last looked through", () => {
    const words = (verifiedAt: string | null) =>
      seen(<ActivityCard activity={[]} verifiedAt={verifiedAt} />).text;
    expect(words("2026-11-22T02:30:00Z")).toContain("Revisado entero por última vez el 21-11-2026, 23:30.");
    expect(words(null)).toContain("la primera vez todavía no termina");
  });
});
