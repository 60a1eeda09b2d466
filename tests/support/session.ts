import { type ClientBase, escapeIdentifier, type QueryResultRow } from "pg";

/** A person of the test cast, as far as a session needs to know them. */
export type TestUser = {
  userId: string;
  email?: string;
  sessionId?: string;
  /** The organization that the session has chosen. */
  organizationId?: string | null;
  /** Claims beside the usual ones, or instead of them. */
  claims?: Record<string, unknown>;
};

type Identity = { role: "authenticated" | "anon"; user?: TestUser };
type Values = Record<string, unknown>;

/**
 * Statements under one identity, on a connection that has a transaction open. A statement that fails undoes
 * only itself, so that a test can go on after a refusal.
 */
export class Session {
  constructor(
    protected readonly client: ClientBase,
    private readonly identity?: Identity,
  ) {}

  /** Runs one statement and returns its rows. */
  async query<Row extends QueryResultRow = QueryResultRow>(
    text: string,
    values: unknown[] = [],
  ): Promise<Row[]> {
    return (await this.run<Row>(text, values)).rows;
  }

  /** The single row of a statement; fails if there is another number of rows. */
  async one<Row extends QueryResultRow = QueryResultRow>(text: string, values: unknown[] = []): Promise<Row> {
    const rows = await this.query<Row>(text, values);
    const [row] = rows;
    if (!row || rows.length !== 1) throw new Error(`Expected one row, got ${rows.length}: ${text}`);
    return row;
  }

  /** Inserts a row without reading it back: `returning` would need the right to read. */
  async insert(table: string, row: Values): Promise<void> {
    const columns = Object.keys(row);
    const list = columns.map((column) => escapeIdentifier(column)).join(", ");
    const places = columns.map((_, index) => `$${index + 1}`).join(", ");
    await this.run(`insert into ${named(table)} (${list}) values (${places})`, Object.values(row));
  }

  /** Changes the rows where all columns of `where` are equal; returns how many there were. */
  async update(table: string, set: Values, where: Values = {}): Promise<number> {
    const columns = Object.keys(set);
    const assignments = columns
      .map((column, index) => `${escapeIdentifier(column)} = $${index + 1}`)
      .join(", ");
    const text = `update ${named(table)} set ${assignments}${condition(where, columns.length)}`;
    return (await this.run(text, [...Object.values(set), ...Object.values(where)])).rowCount ?? 0;
  }

  /** Deletes the rows where all columns are equal; returns how many there were. */
  async delete(table: string, where: Values = {}): Promise<number> {
    return (
      (await this.run(`delete from ${named(table)}${condition(where, 0)}`, Object.values(where))).rowCount ??
      0
    );
  }

  /** Reads the rows where all columns are equal. */
  select<Row extends QueryResultRow = QueryResultRow>(table: string, where: Values = {}): Promise<Row[]> {
    return this.query<Row>(`select * from ${named(table)}${condition(where, 0)}`, Object.values(where));
  }

  /** Runs one statement and returns how many rows it changed. */
  async affected(text: string, values: unknown[] = []): Promise<number> {
    return (await this.run(text, values)).rowCount ?? 0;
  }

  /** Counts the rows that this session can see where all columns are equal. */
  async count(table: string, where: Values = {}): Promise<number> {
    const row = await this.one<{ n: number }>(
      `select count(*)::int as n from ${named(table)}${condition(where, 0)}`,
      Object.values(where),
    );
    return row.n;
  }

  /** Calls a function with positional arguments and returns its rows; objects go as JSON. */
  call<Row extends QueryResultRow = QueryResultRow>(name: string, ...values: unknown[]): Promise<Row[]> {
    const places = values.map((_, index) => `$${index + 1}`).join(", ");
    return this.query<Row>(`select * from ${named(name)}(${places})`, values);
  }

  private async run<Row extends QueryResultRow>(text: string, values: unknown[]) {
    await this.client.query("savepoint statement");
    try {
      await this.assume();
      const result = await this.client.query<Row>(text, values);
      await this.client.query("reset role; release savepoint statement");
      return result;
    } catch (error) {
      await this.client.query("rollback to savepoint statement; reset role");
      throw error;
    }
  }

  private async assume(): Promise<void> {
    const { role, user } = this.identity ?? {};
    const claims = user && {
      sub: user.userId,
      email: user.email ?? null,
      role: "authenticated",
      session_id: user.sessionId ?? user.userId,
      ...user.claims,
    };
    await this.client.query(
      "select set_config('request.jwt.claims', $1, true), set_config('app.organization_id', $2, true), set_config('role', $3, true)",
      [claims ? JSON.stringify(claims) : "", user?.organizationId ?? "", role ?? "none"],
    );
  }
}

/** `table` or `schema.table`, quoted. */
function named(name: string): string {
  return name
    .split(".")
    .map((part) => escapeIdentifier(part))
    .join(".");
}

function condition(where: Values, offset: number): string {
  const columns = Object.keys(where);
  if (columns.length === 0) return "";
  return ` where ${columns.map((column, index) => `${escapeIdentifier(column)} = $${offset + index + 1}`).join(" and ")}`;
}
