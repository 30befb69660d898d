import { Problem } from "../api/http.ts";

/** What the server says against one field of a form, by its path. */
export function errorAt(error: unknown, path: string): string | undefined {
  return error instanceof Problem ? error.fields.find((field) => field.path === path)?.message : undefined;
}
