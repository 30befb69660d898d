import { isUuid } from "../platform/ids.ts";
import { refuse } from "./errors.ts";

/** What an item's opaque id stands for. */
export type ItemId =
  | { readonly kind: "event"; readonly receivedAt: string; readonly source: string; readonly messageId: string }
  | { readonly kind: "rejection" | "quarantine"; readonly id: string };

const KINDS = { rejection: "r", quarantine: "q" } as const;

export function encodeItemId(id: ItemId): string {
  const parts = id.kind === "event" ? ["e", id.receivedAt, id.source, id.messageId] : [KINDS[id.kind], id.id];
  return Buffer.from(JSON.stringify(parts)).toString("base64url");
}

export function decodeItemId(text: string): ItemId {
  const [kind, ...rest] = read(text);
  if (kind === "e" && rest.length === 3 && !Number.isNaN(Date.parse(rest[0] ?? ""))) {
    return { kind: "event", receivedAt: rest[0] ?? "", source: rest[1] ?? "", messageId: rest[2] ?? "" };
  }
  if ((kind === "r" || kind === "q") && rest.length === 1 && isUuid(rest[0] ?? "")) {
    return { kind: kind === "r" ? "rejection" : "quarantine", id: rest[0] ?? "" };
  }
  throw refuse("event_not_kept");
}

function read(text: string): string[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, "base64url").toString());
    return Array.isArray(parts) && parts.every((part) => typeof part === "string") ? parts : [];
  } catch {
    return [];
  }
}
