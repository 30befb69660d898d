/**
 * Cells as RFC 4180 writes them. What a spreadsheet would run as a formula is given to it as text by an apostrophe; a
 * plain number with its sign (-5, +905551112233) cannot be one and stays as it is, so that a file can be read in again.
 */
export function csvLine(cells: readonly string[], delimiter: string): string {
  return `${cells.map((cell) => quoted(defused(cell), delimiter)).join(delimiter)}\r\n`;
}

function defused(cell: string): string {
  return /^[=+\-@\t\r\n]/.test(cell) && !/^[+-]?\d+(\.\d+)?$/.test(cell) ? `'${cell}` : cell;
}

function quoted(cell: string, delimiter: string): string {
  return /["\r\n]/.test(cell) || cell.includes(delimiter) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
