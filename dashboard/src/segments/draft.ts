import { type Condition, readCondition } from "./sentences/read-condition.ts";

/** What an address may say of a segment that is being written: `?name=…&definition=…`, as JSON or packed. */
export interface Draft {
  readonly name?: string | undefined;
  readonly definition?: string | undefined;
}

/** For links that others make: JSON, which everybody can read. */
export function toDraft(name: string, definition: unknown): Draft {
  return { name, definition: JSON.stringify(definition) };
}

/** A packed definition may not unpack to more than this: what an address holds was written by anybody. */
const MOST_BYTES = 512 * 1024;

/** A definition in as few characters as an address needs (deflate, then letters that need no escaping). */
export async function pack(definition: Condition): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(definition));
  const packed = await readAll(
    new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate-raw")),
    MOST_BYTES,
  );
  return packed?.toBase64({ alphabet: "base64url", omitPadding: true }) ?? "";
}

/** Null when the address says nothing, or nothing that is a condition. */
export async function unpack(text: string | undefined): Promise<Condition | null> {
  if (text === undefined) return null;
  try {
    return readCondition(JSON.parse(text.startsWith("{") ? text : await inflate(text)));
  } catch {
    // Cut off or mistyped: as if there were none.
    return null;
  }
}

async function inflate(text: string): Promise<string> {
  const bytes = Uint8Array.fromBase64(text, { alphabet: "base64url" });
  const plain = await readAll(
    new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw")),
    MOST_BYTES,
  );
  return new TextDecoder().decode(plain ?? new Uint8Array());
}

/** Null when there is more than `most`; the rest is not even unpacked then. */
async function readAll(stream: ReadableStream<Uint8Array>, most: number): Promise<Uint8Array | null> {
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > most) {
      await reader.cancel();
      return null;
    }
    chunks.push(value);
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}
