import { join } from "node:path";

/** Where the bytes of an upload lie; the name it came with is never part of a path. */
export function pathOf(dataDir: string, fileId: string): string {
  return join(folderOf(dataDir), fileId);
}

export function folderOf(dataDir: string): string {
  return join(dataDir, "imports");
}
