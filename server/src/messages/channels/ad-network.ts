import type { z } from "zod";

import type { Account, Check, No, ProviderSpec, Tools } from "./adapter.ts";

/** What a person may be known by at a network, as we know it. */
export interface Known {
  /** An address as mail goes to it. */
  readonly email: string | null;
  /** E.164 */
  readonly phone: string | null;
}

/** One person's hashes, each behind its kind: `email:<sha256 in hex>`, `phone:…`. */
export type Hashes = readonly string[];

/** What became of those a network was told of. */
export interface AdReport {
  /** `partial`: of some of them. */
  readonly state: "done" | "partial" | "failed";
  /** How many of them the network knows, in per cent; null where it does not say. */
  readonly match: { readonly from: number; readonly to: number } | null;
  /** Whom it did not take, and of whom it has doubts, by the reason it gives. */
  readonly problems: readonly { readonly reason: string; readonly people: number }[];
}

/** `report` is null where the network works on it: it is asked later, by the request's id. */
export type AdOutcome =
  | { readonly kind: "accepted"; readonly requestId: string | null; readonly report: AdReport | null }
  | No;
export type AdAnswer = { readonly kind: "accepted"; readonly report: AdReport | null } | No;
export type AdCreation = { readonly kind: "accepted"; readonly audience: string } | No;

/** An audience to be made at a network; made again under the same id it should be known for the same. */
export interface NewAdAudience {
  readonly id: string;
  readonly name: string;
}

/** The open way to one account of a network. Adding somebody twice does no harm there, nor does taking out a stranger. */
export interface AdLine {
  /** Makes an empty one; never throws. */
  create(audience: NewAdAudience): Promise<AdCreation>;
  /** Up to 10,000 people; one outcome for all; never throws. */
  add(audience: string, people: readonly Hashes[]): Promise<AdOutcome>;
  remove(audience: string, people: readonly Hashes[]): Promise<AdOutcome>;
  /** What became of a request; never throws. A report of null: still at work. */
  report(requestId: string): Promise<AdAnswer>;
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
