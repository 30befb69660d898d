import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/max";

import { type HeldRow, loadIdentifiersOf } from "../../identity/index.ts";
import type { Db } from "../../platform/db.ts";
import { isJsonObject, type JsonObject } from "../../platform/json.ts";
import type { Profile } from "../../profiles/contracts.ts";
import type { Channel } from "../content/kinds.ts";
import { type DeviceRow, loadDevices } from "../queries/devices.pg.ts";
import { lastWriters } from "../queries/inbound.pg.ts";
import { addressOf } from "../sending/address-of.ts";
import { postalAddress } from "./postal-address.ts";

/** Where each of these people is reached on a channel, by profile id, as adapters want it; who is missing is not. */
export async function placesOf(db: Db, channel: Channel, people: readonly Profile[]): Promise<Map<string, string>> {
  const ids = people.map(({ id }) => id);
  if (channel === "push") return pushPlaces(await loadDevices(db, ids), await loadIdentifiersOf(db, ids));
  if (channel === "social") return await lastWriters(db, channel, ids);
  return new Map(people.flatMap((person) => entry(person.id, placeOf(channel, person))));
}

function placeOf(channel: Channel, { id, traits }: Profile): string | null {
  if (channel === "email") return addressOf(traits);
  if (channel === "sms" || channel === "whatsapp" || channel === "call") return phoneOf(traits, channel === "sms");
  if (channel === "letter") return letterPlace(traits);
  // On the site the person comes to the message, and a webhook carries its own address.
  return id;
}

/** A phone number in any form people write it, as E.164; a national one by the person's country. */
export function phoneOf(traits: JsonObject, forSms = false): string | null {
  const { phone } = traits;
  if (typeof phone !== "string" || phone.length > 40) return null;
  const number = parsePhoneNumberFromString(phone.replace(/^\s*00/, "+"), countryOf(traits));
  if (!number?.isValid()) return null;
  return forSms && number.getType() === "FIXED_LINE" ? null : number.number;
}

function countryOf({ country, locale, address }: JsonObject): CountryCode | undefined {
  const told = [country, isJsonObject(address) ? address.country : null, regionOf(locale)];
  const code = told
    .map((one) => (typeof one === "string" ? one.toUpperCase() : ""))
    .find((one) => isSupportedCountry(one));
  return code as CountryCode | undefined;
}

/** `tr-TR` → TR */
function regionOf(locale: unknown): string | null {
  return typeof locale === "string" ? (/^[a-z]{2,3}[-_]([A-Z]{2})$/.exec(locale)?.[1] ?? null) : null;
}

function letterPlace(traits: JsonObject): string | null {
  const read = postalAddress(traits);
  return read === null ? null : JSON.stringify(read);
}

const KNOWN_BY = new Set(["user_id", "email", "phone", "loyalty_id"]);

/** More than these nobody carries about; those used last are taken. */
const MOST_DEVICES = 10;

/**
 * Every device of theirs. One that nobody has proven to be the person's own hears nothing about somebody who is known: by
 * saying who it is a device opens nothing.
 */
function pushPlaces(devices: readonly DeviceRow[], held: readonly HeldRow[]): Map<string, string> {
  const known = new Set(held.filter(({ type }) => KNOWN_BY.has(type)).map(({ profile_id }) => profile_id));
  const open = devices.filter(({ profile_id, keys }) => !known.has(profile_id) || keys.proven === true);
  const places = [...Map.groupBy(open, ({ profile_id }) => profile_id)].map(([id, all]) => {
    const their = all
      .slice(0, MOST_DEVICES)
      .map(({ kind, token, keys }) => ({ kind, token, p256dh: keys.p256dh, auth: keys.auth }));
    return [id, JSON.stringify(their.length === 1 ? their[0] : their)] as const;
  });
  return new Map(places);
}

function entry(id: string, place: string | null): [string, string][] {
  return place === null ? [] : [[id, place]];
}
