import type { z } from "zod";

import type { Account, Check, Outcome, ProviderSpec, Tools } from "./adapter.ts";

/** What a person may be known by at a network, as we know it. */
export interface Known {
  /** An address as mail goes to it. */
  readonly email: string | null;
  /** E.164 */
  readonly phone: string | null;
}

/** One person's hashes, each behind its kind: `email:<sha256 in hex>`, `phone:…`. */
export type Hashes = readonly string[];

/** The open way to one account of a network. Adding somebody twice does no harm there, nor does taking out a stranger. */
export interface AdLine {
  /** Up to 10,000 people; one outcome for all; never throws. */
  add(audience: string, people: readonly Hashes[]): Promise<Outcome>;
  remove(audience: string, people: readonly Hashes[]): Promise<Outcome>;
  /** Asks whether we may, and changes nothing; about one audience, or the account alone. */
  check(audience: string | null): Promise<Check>;
}

/** A network with audiences of ads: one file each, `ads-<network>.ts`. */
export interface AdNetworkSpec<S extends z.ZodType, K extends string> extends ProviderSpec<"ads", S, K, never> {
  /** Normalised and hashed as the network documents it; empty when it cannot know the person. */
  hash(person: Known): Hashes;
  /** The headings of a file to be uploaded by hand, by the kind of hash. */
  readonly columns: Readonly<Record<string, string>>;
  open(account: Account<z.infer<S>, K>, tools: Pick<Tools, "http" | "clock">): AdLine;
}

export type AdNetwork = AdNetworkSpec<z.ZodType, string>;

/** Types a network by its own settings and secrets; from here on it is one of many. */
export function adNetwork<S extends z.ZodType, const K extends string = never>(spec: AdNetworkSpec<S, K>): AdNetwork {
  return spec as unknown as AdNetwork;
}

/** The hash of this kind among a person's; an empty text when there is none. */
export function hashOf(hashes: Hashes, kind: string): string {
  return hashes.find((one) => one.startsWith(`${kind}:`))?.slice(kind.length + 1) ?? "";
}
