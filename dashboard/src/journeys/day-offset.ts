/** `-P3D` as -3. */
export function daysOf(offset = "P0D"): number {
  const days = Number(/P(\d+)D/.exec(offset)?.[1] ?? 0);
  return offset.startsWith("-") ? -days : days;
}

export function offsetOf(days: number): string {
  return `${days < 0 ? "-" : ""}P${Math.abs(days)}D`;
}
