import type { Language } from "./names.ts";

export interface Place {
  readonly city: string;
  readonly country: string;
  readonly timezone: string;
  /** Hours from UTC in winter: rhythm needs no more than that. */
  readonly offset: number;
  readonly weight: number;
}

const turkey = (city: string, weight: number): Place => ({
  city,
  country: "TR",
  timezone: "Europe/Istanbul",
  offset: 3,
  weight,
});
const indonesia = (city: string, weight: number, timezone = "Asia/Jakarta", offset = 7): Place => ({
  city,
  country: "ID",
  timezone,
  offset,
  weight,
});
const britain = (city: string, weight: number, country = "GB", timezone = "Europe/London"): Place => ({
  city,
  country,
  timezone,
  offset: 0,
  weight,
});

export const places: Readonly<Record<Language, readonly Place[]>> = {
  tr: [
    turkey("İstanbul", 34),
    turkey("İzmir", 26),
    turkey("Ankara", 12),
    turkey("Bursa", 6),
    turkey("Antalya", 6),
    turkey("Muğla", 4),
    turkey("Eskişehir", 4),
    turkey("Çanakkale", 3),
    turkey("Şanlıurfa", 2),
    turkey("Kahramanmaraş", 2),
    turkey("Iğdır", 1),
  ],
  id: [
    indonesia("Jakarta", 38),
    indonesia("Bandung", 14),
    indonesia("Surabaya", 13),
    indonesia("Yogyakarta", 10),
    indonesia("Denpasar", 9, "Asia/Makassar", 8),
    indonesia("Medan", 7),
    indonesia("Makassar", 5, "Asia/Makassar", 8),
    indonesia("Semarang", 4),
    indonesia("Jayapura", 1, "Asia/Jayapura", 9),
  ],
  en: [
    britain("London", 40),
    britain("Manchester", 12),
    britain("Birmingham", 9),
    britain("Leeds", 8),
    britain("Edinburgh", 7),
    britain("Bristol", 7),
    britain("Cardiff", 4),
    britain("Dublin", 8, "IE", "Europe/Dublin"),
    britain("Stow-on-the-Wold", 1),
  ],
};
