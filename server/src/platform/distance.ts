export interface Place {
  readonly lat: number;
  readonly lon: number;
}

const EARTH_KM = 6371.0088;

/** Great-circle distance (haversine on the mean radius). */
export function kilometresBetween(a: Place, b: Place): number {
  const rad = Math.PI / 180;
  const half = (x: number) => Math.sin(x / 2) ** 2;
  const h = half((b.lat - a.lat) * rad) + Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * half((b.lon - a.lon) * rad);
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(h)));
}
