import { sqlState } from "../../platform/db.ts";
import { refuse } from "../errors.ts";

const UNIQUE_VIOLATION = "23505";

/** A code that somebody else has, told by the database: only it can tell when two write at once. */
export async function refuseTaken<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (sqlState(error) !== UNIQUE_VIOLATION) throw error;
    const constraint = error instanceof Error && "constraint" in error ? String(error.constraint) : "";
    const path = constraint.includes("gtin") ? "gtin" : constraint.includes("sku") ? "sku" : "code";
    throw refuse("code_taken", undefined, [{ path, message: "belongs to another one" }]);
  }
}
