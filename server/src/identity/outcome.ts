import type { Identifier } from "./extract-identifiers.ts";
import type { Refusal } from "./judge-union.ts";

/** An identifier that an event carried and that was not joined to its person. */
export interface LeftOut extends Identifier {
  readonly profileId: string;
  readonly at: string;
  readonly reason: Refusal | "shared";
}

/** Two people become one: whose identifiers led to it, and which were the vanishing one's own until then. */
export interface Joined {
  readonly from: string;
  readonly into: string;
  readonly evidence: readonly Identifier[];
  readonly identifiers: readonly string[];
}

/** One side of two people who were separated and must not meet again by themselves. */
export interface Side {
  readonly pair: string;
  readonly side: number;
}
