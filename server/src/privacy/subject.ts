import type { Person } from "../platform/personal-data.ts";
import { sealedColumn } from "../platform/sealing/sealed-place.ts";
import type { Secrets } from "../platform/secrets.ts";

const SEAL = "erasure-subject";

export const sealedSubjects = [sealedColumn({ table: "privacy.erasures", column: "subject", purpose: SEAL })];

/** Who an erasure is about: kept sealed, and only while there is something left to do. */
export function sealSubject(secrets: Secrets, person: Person): string {
  return secrets.seal(SEAL, JSON.stringify(person));
}

export function openSubject(secrets: Secrets, sealed: string): Person {
  const text = secrets.unseal(SEAL, sealed);
  if (text === null) throw new TypeError("the subject of an erasure was sealed with another secret");
  return JSON.parse(text) as Person;
}
