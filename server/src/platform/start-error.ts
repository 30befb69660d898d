/**
 * Kilim cannot start, and the operator can mend it. The message is one sentence that says what to do; it is
 * printed without a stack trace and the process ends with code 1.
 */
export class StartError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "StartError";
  }
}

/** The sentence for a failed file operation in `folder`, or undefined when it is none we know. */
export function explainFileError(error: unknown, folder: string): StartError | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  const path = "path" in error && typeof error.path === "string" ? error.path : folder;
  switch (error.code) {
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return new StartError(
        `Kilim may not write to ${path}: give this account the right to write there, or set KILIM_DATA to another folder.`,
        error,
      );
    case "ENOSPC":
    case "EDQUOT":
      return new StartError(
        `The disk that holds ${path} is full: free some space, or set KILIM_DATA to a folder on another disk.`,
        error,
      );
    case "ENOTDIR":
    case "EEXIST":
      return new StartError(`${path} is not a folder: move that file away, or set KILIM_DATA to a folder.`, error);
    default:
      return undefined;
  }
}
