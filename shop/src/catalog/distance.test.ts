import { expect, test } from "vitest";
import { distanceKm } from "./distance.ts";

test("Izmir to Istanbul is about 330 km as the crow flies", () => {
  const km = distanceKm({ lat: 38.4378, lon: 27.1431 }, { lat: 40.9889, lon: 29.0277 });
  expect(km).toBeGreaterThan(320);
  expect(km).toBeLessThan(340);
});
