import { refuse } from "./errors.ts";

/** Runs a question to History; when it cannot be reached the caller is told so, rather than that we are broken. */
export async function askHistory<T>(question: () => Promise<T>): Promise<T> {
  try {
    return await question();
  } catch (error) {
    // The client names what the engine itself has refused; anything else never got there.
    if (error instanceof Error && error.constructor.name === "ClickHouseError") throw error;
    throw refuse("unavailable", "The history of events cannot be reached just now.");
  }
}
