import { describe, expect, test } from "vitest";

import type { NewEvent } from "../../collect/index.ts";
import { normaliseEvent } from "../../collect/normalise-event.ts";
import { isJsonObject, type Json } from "../../platform/json.ts";
import { demoShop } from "../demo-shop.ts";
import { fitted } from "../fitted-figures.ts";
import { liveYear } from "./live-year.ts";
import { makePeople } from "./make-people.ts";

const UNTIL = Date.parse("2026-03-02T07:00:00Z");
const YEAR_MS = 366 * 86_400_000;
const people = makePeople("test", 5_000);
const lives = people.map((person) => liveYear("test", person, demoShop, UNTIL));
const all = lives.flat();

describe("the demo's people", () => {
  test("are the same for the same seed, and others for another", () => {
    expect(makePeople("test", 200)).toEqual(people.slice(0, 200));
    expect(makePeople("other", 200)).not.toEqual(people.slice(0, 200));
    const again = people.slice(0, 100).map((person) => liveYear("test", person, demoShop, UNTIL));
    expect(again).toEqual(lives.slice(0, 100));
  });

  test("share names but no address, phone or number", () => {
    for (const facts of [people.map((p) => p.email), people.flatMap((p) => p.phone ?? [])]) {
      expect(new Set(facts).size).toBe(facts.length);
    }
    expect(new Set(people.map((p) => `${p.firstName} ${p.lastName}`)).size).toBeLessThan(people.length * 0.9);
    expect(people.some((p) => p.lastName === null)).toBe(true);
    expect(people.some((p) => /[İşğ]/.test(p.firstName + (p.lastName ?? "")))).toBe(true);
  });

  test("can be reached by nobody: addresses are reserved for examples, phones belong to no subscriber", () => {
    for (const person of people) {
      expect(person.email).toMatch(/^[a-z0-9.]+@([a-z]+\.example|example\.(com|org|net))$/);
      expect(person.phone ?? "+90155").toMatch(/^\+(90155|62155|447700900)/);
    }
  });

  test("are of the ages of people who buy for themselves", () => {
    const ages = people.flatMap((p) => (p.birthday === null ? [] : [2026 - Number(p.birthday.slice(0, 4))]));
    expect(Math.min(...ages)).toBeGreaterThanOrEqual(18);
    expect(Math.max(...ages)).toBeLessThanOrEqual(86);
  });
});

describe("their year", () => {
  test("holds what a year of a shop holds", () => {
    expect(all.length).toBeGreaterThan(130_000);
    expect(all.length).toBeLessThan(175_000);
    const names = new Set(all.map((event) => event.name));
    for (const name of ["Page Viewed", "Product Viewed", "Products Searched", "Product Added", "Order Completed"]) {
      expect(names).toContain(name);
    }
    for (const name of ["Order Refunded", "Identify", "Email Opened", "Email Clicked", "Consent Changed"]) {
      expect(names).toContain(name);
    }
    expect(new Set(all.map((event) => event.channel))).toEqual(new Set(["web", "app", "store", "email"]));
  });

  test("has every message once, marked as history, within the year, in order", () => {
    expect(new Set(all.map((event) => event.messageId)).size).toBe(all.length);
    for (const life of lives) {
      const times = life.map((event) => event.timestamp ?? "");
      expect(times).toEqual([...times].sort());
      for (const event of life) expect(event.historical).toBe(true);
    }
    const times = all.map((event) => Date.parse(event.timestamp ?? ""));
    expect(times.reduce((a, b) => Math.max(a, b))).toBeLessThan(UNTIL);
    expect(times.reduce((a, b) => Math.min(a, b))).toBeGreaterThan(UNTIL - YEAR_MS - 30 * 86_400_000);
  });

  test("is what the door for events takes from anybody", () => {
    for (const event of all) expect(normaliseEvent(asSent(event), request)).toMatchObject({ name: event.name });
  });

  test("names everybody sooner or later: no device stays a stranger's", () => {
    lives.forEach((life, i) => {
      const named = life.some((event) => event.userId || event.properties?.email === people[i]?.email);
      expect(named, `${people[i]?.habit} ${i}`).toBe(true);
      const devices = new Set(life.flatMap((event) => event.anonymousId ?? []));
      for (const device of devices) {
        const own = life.filter((event) => event.anonymousId === device);
        expect(own.some((event) => event.userId || event.properties?.email)).toBe(true);
      }
    });
  });

  test("buys as often, returns as much and signs in as seldom as the public data say", () => {
    const orders = all.filter((event) => event.name === "Order Completed");
    const guests = orders.filter((event) => event.properties?.email !== undefined);
    const refunds = all.filter((event) => event.name === "Order Refunded");
    expect(guests.length / orders.length).toBeCloseTo(fitted.guestShare, 1);
    expect(refunds.length / orders.length).toBeCloseTo(fitted.returnShare, 1);
    const gaps = lives.flatMap((life) => {
      const at = life
        .filter((event) => event.name === "Order Completed")
        .map((event) => Date.parse(event.timestamp ?? ""));
      return at.slice(1).map((time, i) => (time - (at[i] ?? 0)) / 86_400_000);
    });
    const median = gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? 0;
    expect(median).toBeGreaterThan(12);
    expect(median).toBeLessThan(35);
  });

  test("tells of every order what it cost, and gives back no more than was bought", () => {
    for (const life of lives) {
      const bought = new Map(life.filter(is("Order Completed")).map((event) => [orderId(event), revenue(event)]));
      for (const event of life.filter(is("Order Completed"))) {
        expect(revenue(event)).toBeCloseTo(valueOfProducts(event), 2);
        expect(event.properties?.cart).toMatchObject({ items: 0 });
      }
      for (const event of life.filter(is("Order Refunded"))) {
        expect(revenue(event)).toBeLessThanOrEqual(bought.get(orderId(event)) ?? 0);
      }
    }
  });
});

const request = {
  source: "test",
  receivedAt: UNTIL,
  historical: true,
  type: null,
  batch: null,
};

function asSent(event: NewEvent) {
  return { ...event, event: event.name };
}

const is = (name: string) => (event: NewEvent) => event.name === name;

function orderId(event: NewEvent): Json | undefined {
  return event.properties?.order_id;
}

function revenue(event: NewEvent): number {
  return Number(event.properties?.revenue);
}

function valueOfProducts(event: NewEvent): number {
  const products = event.properties?.products;
  if (!Array.isArray(products)) return Number.NaN;
  return products.reduce((sum: number, product: Json) => {
    return isJsonObject(product) ? sum + Number(product.price) * Number(product.quantity) : Number.NaN;
  }, 0);
}
