import { isUtf8 } from "node:buffer";
import { open } from "node:fs/promises";

import type { Delimiter, Encoding, FileFormat } from "../contracts.ts";
import { Stopped } from "../stopped.ts";
import { openBytes } from "./open-bytes.ts";

const SAMPLE_BYTES = 256 * 1024;
const DELIMITERS: readonly Delimiter[] = [",", ";", "\t", "|"];
/** Bytes that are Turkish letters in Windows-1254 and hardly ever used ones in Windows-1252 (Ğ İ Ş ğ ı ş). */
const TURKISH = new Set([0xd0, 0xdd, 0xde, 0xf0, 0xfd, 0xfe]);

export interface Told {
  readonly encoding: Encoding | "auto";
  readonly delimiter: Delimiter | "auto";
}

/** What kind of file this is, from its first 256 kB; what the caller told goes before what we see. */
export async function detectFormat(path: string, told: Told, maxBytes: number): Promise<FileFormat> {
  const isGzip = await startsAs(path, [0x1f, 0x8b]);
  const sample = await readSample(path, isGzip, maxBytes);
  if (sample.length === 0) throw new Stopped("empty_file");
  if (sample.subarray(0, 4).equals(Buffer.from("PK\u0003\u0004"))) throw new Stopped("is_archive");
  const bom = bomOf(sample);
  const encoding = told.encoding === "auto" ? (bom?.encoding ?? guessEncoding(sample)) : told.encoding;
  const bomBytes = bom?.encoding === encoding ? bom.bytes : 0;
  const text = new TextDecoder(encoding).decode(sample.subarray(bomBytes));
  if (isBinary(text)) throw new Stopped("not_text");
  const first = text.trimStart()[0];
  if (first === undefined) throw new Stopped("empty_file");
  if (first === "[" && /^\s*\[\s*[{[\]]/.test(text)) throw new Stopped("json_array");
  const newline = /\n/.test(text) ? "\n" : text.includes("\r") ? "\r" : "\n";
  const common = { encoding, bom: bomBytes, gzip: isGzip, newline } as const;
  if (first === "{") return { ...common, type: "jsonl", delimiter: "," };
  return {
    ...common,
    type: "csv",
    delimiter: told.delimiter === "auto" ? guessDelimiter(text, newline) : told.delimiter,
  };
}

async function startsAs(path: string, magic: readonly number[]): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(magic.length), 0, magic.length, 0);
    return bytesRead === magic.length && magic.every((byte, i) => buffer[i] === byte);
  } finally {
    await file.close();
  }
}

async function readSample(path: string, isGzip: boolean, maxBytes: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const { bytes } of openBytes(path, { isGzip, from: 0, maxBytes })) {
    parts.push(bytes);
    size += bytes.length;
    if (size >= SAMPLE_BYTES) break;
  }
  return Buffer.concat(parts).subarray(0, SAMPLE_BYTES);
}

function bomOf(sample: Buffer): { encoding: Encoding; bytes: number } | null {
  if (sample[0] === 0xef && sample[1] === 0xbb && sample[2] === 0xbf) return { encoding: "utf-8", bytes: 3 };
  if (sample[0] === 0xff && sample[1] === 0xfe) return { encoding: "utf-16le", bytes: 2 };
  if (sample[0] === 0xfe && sample[1] === 0xff) return { encoding: "utf-16be", bytes: 2 };
  return null;
}

/** A stray NUL is the matter of its row; a picture or a database is full of them. */
function isBinary(text: string): boolean {
  return text.split("\0", 100).length - 1 > text.length / 1_000;
}

function guessEncoding(sample: Buffer): Encoding {
  const zeros = [0, 0];
  for (const [i, byte] of sample.subarray(0, 2_000).entries()) if (byte === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1;
  const half = Math.min(sample.length, 2_000) / 2;
  if ((zeros[1] ?? 0) > half / 2 && zeros[0] === 0) return "utf-16le";
  if ((zeros[0] ?? 0) > half / 2 && zeros[1] === 0) return "utf-16be";
  // The sample may end in the middle of a letter.
  if ([0, 1, 2, 3].some((cut) => isUtf8(sample.subarray(0, sample.length - cut)))) return "utf-8";
  return sample.some((byte) => TURKISH.has(byte)) ? "windows-1254" : "windows-1252";
}

/** The character that splits the header and the first lines into the same number of columns most often. */
function guessDelimiter(text: string, newline: string): Delimiter {
  const lines = text
    .replace(/"(?:[^"]|"")*"/g, "")
    .split(newline)
    .slice(0, 50)
    .filter((line) => line.trim() !== "");
  const header = lines[0] ?? "";
  let best: Delimiter = ",";
  let bestScore = 0;
  for (const delimiter of DELIMITERS) {
    const columns = header.split(delimiter).length - 1;
    if (columns === 0) continue;
    const alike = lines.filter((line) => line.split(delimiter).length - 1 === columns).length;
    const score = alike * 1_000 + columns;
    if (score > bestScore) [best, bestScore] = [delimiter, score];
  }
  return best;
}
