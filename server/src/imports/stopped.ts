/** The import cannot go on, and trying again would not help; `code` is one of `failures` in errors.ts. */
export class Stopped extends Error {
  readonly code: FailureCode;

  constructor(code: FailureCode, cause?: unknown) {
    super(code, cause === undefined ? undefined : { cause });
    this.name = "Stopped";
    this.code = code;
  }
}

/** Why a whole file cannot be read, or stopped being readable. */
export const failures = {
  empty_file: "The file is empty.",
  is_archive: "The file is a zip archive or a spreadsheet (.xlsx). Unpack it, or save the sheet as CSV.",
  json_array: "The file is one JSON array. Write one object per line (JSON lines) instead.",
  not_text: "The file is not text: it is neither CSV nor JSON lines.",
  broken_gzip: "The gzip file is damaged, or ends too early.",
  too_large: "Unpacked, the file is larger than may be imported.",
  no_header: "The first line is no header with column names.",
  too_many_columns: "The file has more than 500 columns.",
  columns_missing: "The file lacks columns that the mapping names.",
  file_gone: "The file is not on this machine any more.",
  worker_failed: "The import failed five times for a reason of our own; see the log. It can be resumed.",
} as const;
export type FailureCode = keyof typeof failures;
