import type { Profile } from "../../profiles/contracts.ts";
import type { CompiledContent } from "../content/render-content.ts";
import type { LiveCart, LiveStore } from "../content/render-data.ts";
import type { MessagesDeps } from "../deps.ts";
import type { Facts } from "./gather-facts.ts";

/** What is asked of other rooms at the moment of sending. */
export interface Live {
  readonly cart: LiveCart | null;
  readonly stock: ReadonlyMap<string, number>;
  readonly store: LiveStore | null;
}

interface Reads {
  readonly cart: boolean;
  readonly store: boolean;
}

const NOTHING: Live = { cart: null, stock: new Map(), store: null };
const EVERYTHING: Reads = { cart: true, store: true };

/** What this message's text reads of what is live; a broadcast that shows no cart asks for none. */
export async function readLive(deps: Pick<MessagesDeps, "live">, { personal }: Facts): Promise<Live> {
  return personal === null ? NOTHING : read(deps, personal.profile, readsOf(personal.content));
}

export function readAllLive(deps: Pick<MessagesDeps, "live">, profile: Profile): Promise<Live> {
  return read(deps, profile, EVERYTHING);
}

async function read({ live }: Pick<MessagesDeps, "live">, profile: Profile, reads: Reads): Promise<Live> {
  const cart = reads.cart ? await live.cartOf(profile.id) : null;
  const variants = cart?.items.map((item) => item.variant_id) ?? [];
  const stock = variants.length > 0 ? await live.stockOf(variants) : NOTHING.stock;
  const preferred = profile.computed.preferred_store;
  const store = reads.store && preferred !== null ? await live.storeOf(preferred) : null;
  return { cart, stock, store };
}

const known = new WeakMap<CompiledContent, Reads>();

function readsOf(content: CompiledContent): Reads {
  const before = known.get(content);
  if (before) return before;
  const liquid = [content.subject, content.html]
    .flatMap((text) => text.match(/\{[{%][\s\S]*?[}%]\}/g) ?? [])
    .join("\n");
  const reads = { cart: /\bcart\b/.test(liquid), store: /\bstore\b/.test(liquid) };
  known.set(content, reads);
  return reads;
}
