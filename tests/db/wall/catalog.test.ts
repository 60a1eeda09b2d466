import { describe, expect, test } from "vitest";
import { rollback } from "../../fixtures";
import { platformTables } from "./tables";

/** Runs a query that lists offences; an empty answer is what the design promises. */
const offences = (sql: string, values: unknown[] = []) =>
  rollback(async (db) => (await db.query<{ offence: string }>(sql, values)).map((row) => row.offence));

/** What a policy may call; anything else in its text is a sub-select, and an `or` makes an index useless. */
const HELPERS =
  /\( SELECT private\.(current_org|billing_org|current_branches|current_member|has_permission|platform_role|readable_lists|active_members)\([^()]*\) AS \w+\)/g;

/** Functions that members may call. A new one is added here by a person who has thought about it. */
const MEMBER_FUNCTIONS = [
  "accept_invitation",
  "active_members",
  "adjust_stock",
  "approve_discount",
  "audit_export",
  "begin_two_factor",
  "billing_org",
  "close_cash_session",
  "complete_step_up",
  "confirm_two_factor",
  "confirmed_just_now",
  "count_print",
  "current_branches",
  "current_member",
  "current_org",
  "day_figures",
  "document_key",
  "fail",
  "find_invitation",
  "fold",
  "has_permission",
  "invite_member",
  "list_approvers",
  "mail_receipt",
  "members_with_second_factor",
  "move_cash",
  "my_organizations",
  "my_two_factor",
  "open_cash_session",
  "org_with_feature",
  "password_changed",
  "password_just_given",
  "platform_role",
  "products_with_code",
  "receive_stock",
  "record_sale",
  "record_security_event",
  "remove_two_factor",
  "replace_recovery_codes",
  "reset_member_two_factor",
  "revoke_all_sessions",
  "revoke_invitation",
  "revoke_session",
  "role_catalogue",
  "rut_is_valid",
  "session_context",
  "session_is_live",
  "set_approval_pin",
  "sign_up_organization",
  "stepped_up",
  "take_parked_sale",
  "transfer_stock",
  "update_member",
  "update_own_name",
  "use_recovery_code",
  "void_order",
  "open_auto_renewal",
  "open_payment",
  "cancel_subscription",
  "plan_downgrade",
  "paid_time_left",
  "preview_payment",
  "preview_plan",
  "resume_subscription",
  "request_auto_renewal_cancel",
  "request_auto_renewal_price",
  "readable_lists",
  "save_view",
  "remove_view",
];
/** Functions for visitors without a session. */
const VISITOR_FUNCTIONS = ["fail", "find_invitation", "record_security_event"];
/** Console functions check the platform role and the step-up themselves (tests/db/console). */
const CONSOLE = /^console_/;

describe("the catalog", () => {
  test("every table forces row level security", async () => {
    expect(
      await offences(`select relname as offence from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
                      and not (relrowsecurity and relforcerowsecurity)`),
    ).toEqual([]);
  });

  test("every tenant table's key and unique indexes begin with the organization", async () => {
    expect(
      await offences(
        `select i.indexrelid::regclass::text as offence from pg_index i join pg_class c on c.oid = i.indrelid
         left join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
         where c.relnamespace = 'public'::regnamespace and i.indisunique and c.relname <> all ($1)
           and c.relname <> 'organizations' and a.attname is distinct from 'organization_id'`,
        [platformTables],
      ),
    ).toEqual([]);
  });

  test("every reference between tenant tables carries the organization on both sides", async () => {
    expect(
      await offences(
        `select f.conrelid::regclass || '.' || f.conname as offence from pg_constraint f
         join pg_class c on c.oid = f.conrelid join pg_class p on p.oid = f.confrelid
         where f.contype = 'f' and p.relnamespace = 'public'::regnamespace and p.relname <> all ($1) and p.relname <> 'organizations'
           and not exists (
             select from unnest(f.conkey, f.confkey) k (child, parent)
             join pg_attribute ca on ca.attrelid = c.oid and ca.attnum = k.child
             join pg_attribute pa on pa.attrelid = p.oid and pa.attnum = k.parent
             where ca.attname = 'organization_id' and pa.attname = 'organization_id')`,
        [platformTables],
      ),
    ).toEqual([]);
  });

  test("no deletion sets a whole composite key to null", async () => {
    expect(
      await offences(`select conrelid::regclass || '.' || conname as offence from pg_constraint
                      where contype = 'f' and confdeltype in ('n', 'd') and confdelsetcols is null`),
    ).toEqual([]);
  });

  test("policies call helpers alone: no or, no table, one permissive policy a verb", () =>
    rollback(async (db) => {
      const policies = await db.query<{
        table: string;
        policy: string;
        text: string;
        roles: string;
        permissive: string;
        cmd: string;
      }>(
        `select tablename as table, policyname as policy, coalesce(qual, '') || ' ' || coalesce(with_check, '') as text,
                roles::text as roles, permissive, cmd from pg_policies where schemaname = 'public'`,
      );
      const bad = policies.filter(({ table, text, roles }) => {
        const rest = text.replaceAll(HELPERS, "").toLowerCase();
        const tenant = /current_org|billing_org|current_branches/.test(text);
        if (platformTables.includes(table)) return / or | from /.test(rest);
        return /\bor\b|\bfrom\b|\bselect\b/.test(rest) || roles !== "{authenticated}" || !tenant;
      });
      expect(bad).toEqual([]);
      const permissive = policies
        .filter((policy) => policy.permissive === "PERMISSIVE")
        .map(({ table, cmd }) => `${table} ${cmd}`);
      expect(permissive.filter((name, index) => permissive.indexOf(name) !== index)).toEqual([]);
      expect(permissive.filter((name) => name.endsWith(" ALL"))).toEqual([]);
    }));

  test("definer functions pin their search path, and nobody but the named may call them", () =>
    rollback(async (db) => {
      const functions = await db.query<{
        schema: string;
        name: string;
        pinned: boolean;
        member: boolean;
        visitor: boolean;
        anybody: boolean;
      }>(
        `select n.nspname as schema, p.proname as name,
                coalesce(array_to_string(p.proconfig, ',') like '%search_path=""%', false) as pinned,
                has_function_privilege('authenticated', p.oid, 'execute') as member, has_function_privilege('anon', p.oid, 'execute') as visitor,
                exists (select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a where a.grantee = 0) as anybody
         from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname in ('public', 'private')`,
      );
      expect(functions.filter((f) => f.schema === "public").map((f) => f.name)).toEqual([]);
      expect(functions.filter((f) => !f.pinned).map((f) => f.name)).toEqual([]);
      expect(functions.filter((f) => f.anybody).map((f) => f.name)).toEqual([]);
      const members = [
        ...new Set(functions.filter((f) => f.member && !CONSOLE.test(f.name)).map((f) => f.name)),
      ].sort();
      expect(members).toEqual([...MEMBER_FUNCTIONS].sort());
      expect([...new Set(functions.filter((f) => f.visitor).map((f) => f.name))].sort()).toEqual(
        VISITOR_FUNCTIONS,
      );
    }));

  test("no role may truncate, reference, trigger or touch what lies in private", async () => {
    expect(
      await offences(
        `select table_schema || '.' || table_name || ' ' || privilege_type || ' to ' || grantee as offence
         from information_schema.role_table_grants where grantee in ('anon', 'authenticated', 'PUBLIC')
           and (table_schema = 'private' or (table_schema = 'public'
             and (privilege_type not in ('SELECT', 'DELETE') or (privilege_type = 'DELETE' and table_name not in ('parked_sales', 'organization_logos')))))`,
      ),
    ).toEqual([]);
  });

  test("nobody may write a key, an owner, a role, a state or a total", async () => {
    expect(
      await offences(
        `select table_name || '.' || column_name || ' ' || privilege_type || ' to ' || grantee as offence
         from information_schema.column_privileges
         where table_schema = 'public' and grantee in ('anon', 'authenticated', 'PUBLIC') and privilege_type in ('INSERT', 'UPDATE')
           and column_name in ('id', 'organization_id', 'role', 'status', 'tier_code', 'tier_version', 'total', 'net', 'tax', 'amount',
                               'created_by', 'created_at', 'version', 'slug', 'user_id', 'quantity', 'max_count', 'n')`,
      ),
    ).toEqual([]);
  });

  test("views, if there are any, see with the reader's eyes", async () => {
    expect(
      await offences(`select relname as offence from pg_class where relnamespace = 'public'::regnamespace and relkind in ('v', 'm')
                      and coalesce(not ('security_invoker=true' = any (reloptions)), true)`),
    ).toEqual([]);
  });

  test("belongs to a role that is no superuser", async () => {
    expect(
      await offences(`select c.relname as offence from pg_class c join pg_roles r on r.oid = c.relowner
                      where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace) and r.rolsuper`),
    ).toEqual([]);
  });
});
