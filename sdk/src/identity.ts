import type { Keep } from "./keep.ts";
import type { Properties } from "./settings.ts";
import { uuid } from "./uuid.ts";

/** Who this device says it is. Claims only: nothing of a known person opens without a shopper token. */
export interface Identity {
  readonly anonymousId: string;
  readonly userId: string | null;
  readonly groupId: string | null;
  readonly traits: Properties;
  /** Proof of a sign-in. When it has run out is for the server to say: a device's clock can be days off. */
  readonly token: string | null;
  identify(userId: string | null, traits: Properties): void;
  group(groupId: string): void;
  signedIn(token: string): void;
  signedOut(): void;
  reset(): void;
}

interface Kept {
  anonymousId: string;
  userId: string | null;
  groupId: string | null;
  traits: Properties;
  token: string | null;
}

const COOKIE = "kilim_aid";

export function openIdentity(keep: Keep, withCookie: boolean): Identity {
  const fresh = (): Kept => ({
    anonymousId: uuid(),
    userId: null,
    groupId: null,
    traits: {},
    token: null,
  });
  let held: Kept = read(keep, withCookie) ?? fresh();
  const save = (change: Partial<Kept>) => {
    held = { ...held, ...change };
    keep.set("id", JSON.stringify(held));
    if (withCookie) writeCookie(held.anonymousId);
  };
  save({});

  return {
    get anonymousId() {
      return held.anonymousId;
    },
    get userId() {
      return held.userId;
    },
    get groupId() {
      return held.groupId;
    },
    get traits() {
      return held.traits;
    },
    get token() {
      return held.token;
    },
    identify(userId, traits) {
      // Another person on the same device begins a new anonymous life, as Segment's client does.
      const isAnother = userId !== null && held.userId !== null && userId !== held.userId;
      if (isAnother) held = fresh();
      save({ userId: userId ?? held.userId, traits: { ...held.traits, ...traits } });
    },
    group: (groupId) => save({ groupId }),
    signedIn: (token) => save({ token }),
    signedOut: () => save({ token: null }),
    reset: () => save(fresh()),
  };
}

function read(keep: Keep, withCookie: boolean): Kept | null {
  const cookie = withCookie ? readCookie() : null;
  try {
    const kept: Kept | null = JSON.parse(keep.get("id") ?? "null");
    if (typeof kept?.anonymousId === "string") return kept;
  } catch {
    // Something else wrote there; begin anew.
  }
  return cookie ? { anonymousId: cookie, userId: null, groupId: null, traits: {}, token: null } : null;
}

function readCookie(): string | null {
  return document.cookie.match(new RegExp(`(?:^|; )${COOKIE}=([\\w-]{36})`))?.[1] ?? null;
}

function writeCookie(anonymousId: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Safari and on plain http
  document.cookie = `${COOKIE}=${anonymousId}; path=/; max-age=31536000; samesite=lax`;
}
