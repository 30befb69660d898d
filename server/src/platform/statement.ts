import pg from "pg";

/** What pg's own query is inside, as far as it is used here (pg 8.23). */
interface PgQuery {
  name: string;
  readonly values: readonly unknown[];
  /** What reading a row threw: told in the place of the answer. */
  _canceledDueToError: unknown;
  readonly _result: Answer & { readonly _types: Types };
  prepare(connection: Connection): void;
  handleRowDescription(message: { readonly fields: readonly pg.FieldDef[] }): void;
  handleDataRow(message: { readonly fields: Fields }): void;
  handleCommandComplete(message: object, connection: Connection): void;
}

interface Connection {
  bind(config: { statement: string; values: readonly unknown[] }): void;
  execute(config: object): void;
  sync(): void;
}

interface Types {
  getTypeParser(oid: number, format: "text"): Read;
}

type Fields = readonly (string | null)[];
type Read = (text: string) => unknown;
type MakeRow = (fields: Fields, reads: readonly Read[]) => pg.QueryResultRow;

/** How the rows of a statement are read. */
interface Shape {
  readonly reads: readonly Read[];
  readonly make: MakeRow;
}

export type Answer = Pick<pg.QueryResult, "command" | "rowCount" | "rows">;
type Tell = (error: Error | null, result: Answer) => void;

const PgQuery = pg.Query as unknown as new (text: string, values: unknown[], tell: Tell) => PgQuery;
const { prepareValue } = (pg as unknown as { utils: { prepareValue: (value: unknown) => unknown } }).utils;

/** By name: PostgreSQL refuses to run a prepared statement whose columns have become others. */
const shapes = new WeakMap<Connection, Map<string, Shape>>();

function shapesOf(connection: Connection): Map<string, Shape> {
  return shapes.getOrInsertComputed(connection, () => new Map());
}

export interface Statement {
  /** Under which it is kept by the connection; without one it is parsed each time. */
  readonly name: string | undefined;
  readonly text: string;
  readonly values: readonly unknown[];
}

/**
 * Answers come by a promise of ours: what pg's own holds, with all its rows, outlives the young objects' collections (3 kB
 * per statement of 20 rows, seen in Node 26), so that each of them copies it and the old are looked through ever so often.
 */
export function run(client: pg.PoolClient, { name, text, values }: Statement): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const tell: Tell = (error, result) => (error ? reject(error) : resolve(result));
  try {
    const query = new (name === undefined ? PgQuery : Prepared)(text, values.map(prepareValue), tell);
    if (name !== undefined) query.name = name;
    client.query(query as unknown as pg.Submittable);
  } catch (error) {
    reject(error);
  }
  return promise;
}

/**
 * A statement that is sent by name. What its columns are is asked once per connection: to describe them costs both sides
 * as much as a small statement. Rows are made by a function written for them, in place of a copy filled field by field.
 */
class Prepared extends PgQuery {
  #shape: Shape | undefined;

  override prepare(connection: Connection): void {
    this.#shape = shapesOf(connection).get(this.name);
    if (!this.#shape) return void super.prepare(connection);
    connection.bind({ statement: this.name, values: this.values });
    connection.execute({});
    connection.sync();
  }

  override handleRowDescription({ fields }: { readonly fields: readonly pg.FieldDef[] }): void {
    const reads = fields.map(({ dataTypeID }) => this._result._types.getTypeParser(dataTypeID, "text"));
    this.#shape = { reads, make: rowMaker(fields.map(({ name }) => name)) };
  }

  override handleDataRow({ fields }: { readonly fields: Fields }): void {
    const { make, reads } = this.#shape ?? NO_ROWS;
    try {
      this._result.rows.push(make(fields, reads));
    } catch (error) {
      this._canceledDueToError ||= error;
    }
  }

  override handleCommandComplete(message: object, connection: Connection): void {
    super.handleCommandComplete(message, connection);
    shapesOf(connection).set(this.name, this.#shape ?? NO_ROWS);
  }
}

/** `(f, r) => ({ id: f[0] === null ? null : r[0](f[0]), … })`: an object literal is laid out once for all rows. */
function rowMaker(names: readonly string[]): MakeRow {
  const fields = names.map((name, i) => `${JSON.stringify(name)}: f[${i}] === null ? null : r[${i}](f[${i}])`);
  return new Function("f", "r", `return { ${fields.join(", ")} }`) as MakeRow;
}

const NO_ROWS: Shape = {
  reads: [],
  make() {
    throw new TypeError("rows of a statement that had none before");
  },
};
