import type { BrandKit } from "../../brand/kit.ts";
import type { Finding } from "../../templates/contracts.ts";
import type { Purpose } from "../../vocabulary.ts";
import type { Channel } from "../kinds.ts";
import type { Written } from "../written.ts";

/** One language of a template, as it is looked over before it is published. */
export interface Checked {
  readonly channel: Channel;
  readonly purpose: Purpose;
  readonly language: string;
  readonly written: Written;
  /** The compiled mail; empty on other channels and when it does not compile. */
  readonly html: string;
  /** The variables it reads. */
  readonly variables: readonly string[];
  readonly kit: BrandKit;
}

export type Found = Omit<Finding, "language">;

export function warning(code: string, path: string, message: string, value: string | null = null): Found {
  return { code, severity: "warning", path, message, value };
}

export function error(code: string, path: string, message: string, value: string | null = null): Found {
  return { code, severity: "error", path, message, value };
}

/** Every text in what was written, with the path to it: `blocks.2.text`. */
export function textsOf(value: unknown, path = ""): { path: string; field: string; text: string }[] {
  if (typeof value === "string") return [{ path, field: path.split(".").at(-1) ?? "", text: value }];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => textsOf(inner, path === "" ? key : `${path}.${key}`));
}
