/** Of 100 events: what people do in a web shop that sells to two or three of a hundred visits. */
const MIX: readonly (readonly [name: string, share: number])[] = [
  ["Page Viewed", 18],
  ["Product List Viewed", 15],
  ["Product Viewed", 46],
  ["Product Added", 10],
  ["Product Removed", 2],
  ["Checkout Started", 4],
  ["Order Completed", 2],
  ["Identify", 3],
];
const NAMES = MIX.flatMap(([name, share]) => Array.from({ length: share }, () => name));
const CITIES = ["Izmir", "Istanbul", "Jakarta", "Berlin", "Ankara", "Bandung"];

export interface EventMaker {
  /** The next event, of a person drawn evenly: hardly ever does a batch hold two of the same. */
  next(): object;
  identify(person: number): object;
}

/** Events of `people` people, a pseudo-random sequence that is the same in every run. */
export function eventMaker(people: number, run: string): EventMaker {
  let made = 0;
  let seed = 20_261_125;
  const draw = (below: number): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  const base = (person: number) => ({
    messageId: `${run}-${made++}`,
    anonymousId: `device-${person}`,
    timestamp: new Date().toISOString(),
    context: {
      library: { name: "analytics.js", version: "next-1.84.3" },
      page: { path: "/p/linen-dress", url: "https://shop.example/p/linen-dress", referrer: "https://www.google.com/" },
      locale: "tr-TR",
      timezone: "Europe/Istanbul",
    },
  });
  const identify = (person: number) => ({
    ...base(person),
    type: "identify",
    userId: `user-${person}`,
    traits: { email: `user${person}@bench.example`, city: CITIES[person % CITIES.length], first_name: "Ayşe" },
  });
  return {
    identify,
    next() {
      const person = draw(people);
      const name = NAMES[draw(NAMES.length)] as string;
      if (name === "Identify") return identify(person);
      if (name === "Page Viewed") return { ...base(person), type: "page", name: "Home", properties: { path: "/" } };
      const product = draw(500);
      const line = {
        product_id: `p-${product}`,
        sku: `p-${product}-M`,
        category: `category-${product % 12}`,
        name: "Linen dress with a long name",
        price: 49.9,
        quantity: 1,
        currency: "EUR",
      };
      if (name !== "Order Completed" && name !== "Checkout Started")
        return { ...base(person), type: "track", event: name, properties: line };
      const order = { order_id: `${run}-o-${made}`, revenue: 49.9, total: 54.9, currency: "EUR", products: [line] };
      return { ...base(person), type: "track", event: name, properties: order };
    },
  };
}
