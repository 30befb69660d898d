import { type ErrorCatalogue, refuser } from "../platform/errors.ts";

export const importErrors = {
  file_not_found: {
    status: 404,
    title: "There is no such file.",
    remedy: "Upload it with POST /v1/imports/files; files are kept for a week.",
  },
  file_incomplete: {
    status: 409,
    title: "The file has not been uploaded to its end.",
    remedy: "Send the rest: GET /v1/imports/files/{id} says from which `offset` on.",
  },
  file_elsewhere: {
    status: 409,
    title: "The upload was begun on another node.",
    remedy: "Send all its chunks to one node, or let the nodes share the data folder.",
  },
  file_taken: {
    status: 409,
    title: "This file belongs to another import already.",
    remedy: "Upload it again for another import.",
  },
  file_too_large: {
    status: 413,
    title: "The file is larger than may be imported.",
    remedy: "Split it, or raise KILIM_IMPORT_MB.",
  },
  disk_full: {
    status: 507,
    title: "The disk has no room for this file.",
    remedy: "Free some space in the data folder's disk.",
  },
  wrong_offset: {
    status: 409,
    title: "The chunk does not begin where the file ends so far.",
    remedy: "GET /v1/imports/files/{id} says from which `offset` on to send.",
  },
  chunk_broken: {
    status: 400,
    title: "The chunk did not arrive whole.",
    remedy: "Send it again from the same `offset`.",
  },
  chunk_too_large: { status: 413, title: "A chunk has at most 8 MB.", remedy: "Send the file in smaller chunks." },
  digest_mismatch: {
    status: 400,
    title: "What arrived is not what was announced: its SHA-256 differs.",
    remedy: "Upload the file again from its beginning.",
  },
  unreadable_file: {
    status: 400,
    title: "The file cannot be read.",
    remedy: "Give it as CSV or JSON lines, plain or gzipped.",
  },
  import_not_found: { status: 404, title: "There is no such import.", remedy: "List them with GET /v1/imports." },
  import_over: {
    status: 409,
    title: "The import is over.",
    remedy: "Only an import that waits or runs can be cancelled; only a cancelled or failed one resumed.",
  },
} as const satisfies ErrorCatalogue;

export const refuse = refuser(importErrors);
