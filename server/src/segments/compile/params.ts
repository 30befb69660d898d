/** Collects the values of a generated statement: nothing that a person typed ever stands in its text. */
export class Params {
  readonly values: Record<string, unknown> = {};
  #count = 0;

  add(value: unknown, type: "String" | "Float64" | "Int64" | "UInt32" | "Array(String)"): string {
    const name = `p${this.#count++}`;
    this.values[name] = value;
    return `{${name}:${type}}`;
  }

  /** Numbers by value: lists of them stay short and integers exact. */
  int(value: number): string {
    return this.add(value, "Int64");
  }
}
