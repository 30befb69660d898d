import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { expect } from "vitest";

import { IZMIR, stockedProduct, WAREHOUSE } from "../server/src/inventory/testing.ts";
import { createServer, type TestServer } from "../server/src/platform/testing/server.ts";
import { isGood, launchBrowser } from "./browsers.ts";

export const TABLET = { viewport: { width: 1024, height: 768 }, colorScheme: "light", hasTouch: true } as const;
export const PHONE = { viewport: { width: 390, height: 844 }, colorScheme: "dark", hasTouch: true } as const;

export interface Order {
  readonly id: string;
  readonly number: string;
  readonly receipt_code: string;
  readonly till: string | null;
  readonly business_day: string | null;
  readonly lines: readonly { readonly variant_id: string; readonly quantity: number }[];
  readonly fulfilments: readonly { readonly id: string; readonly state: string; readonly collection_code?: string }[];
}

/** A Kilim and a browser whose staff stand in the store of Izmir. */
export class Stand {
  readonly server: TestServer;
  /** What went wrong on any of the pages. */
  readonly troubles: string[] = [];
  /** Twenty of these lie in the store and twenty in the warehouse. */
  variant = "";
  sku = "";
  readonly #browser: Browser;
  /** Staff who have signed in once: so many sign-ins by one address would be refused. */
  readonly #signedIn: Awaited<ReturnType<BrowserContext["storageState"]>>;

  private constructor(
    server: TestServer,
    browser: Browser,
    signedIn: Awaited<ReturnType<BrowserContext["storageState"]>>,
  ) {
    this.server = server;
    this.#browser = browser;
    this.#signedIn = signedIn;
  }

  static async build(): Promise<Stand> {
    const server = await createServer();
    const browser = await launchBrowser();
    const door = await browser.newContext({ baseURL: server.url });
    await door.request.post("/v1/auth/sign-in/email", { data: server.staff });
    const signedIn = await door.storageState();
    await door.close();
    return new Stand(server, browser, signedIn);
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.server.close();
  }

  async fillShelves(): Promise<void> {
    const { productId, variantIds } = await stockedProduct(this.server, [{ [WAREHOUSE]: 20, [IZMIR]: 20 }]);
    this.variant = variantIds[0] ?? "";
    this.sku = `${productId}-0`;
  }

  async standAt(options: BrowserContextOptions, language = "en"): Promise<BrowserContext> {
    const own = { baseURL: this.server.url, storageState: this.#signedIn, reducedMotion: "reduce" } as const;
    const context = await this.#browser.newContext({ ...options, ...own });
    context.setDefaultTimeout(15_000);
    await context.addInitScript(`localStorage.setItem("kilim-store:store", "${IZMIR}")`);
    await context.addInitScript(`localStorage.setItem("kilim-store:language", "${language}")`);
    return context;
  }

  async open(context: BrowserContext, path: string): Promise<Page> {
    const page = await context.newPage();
    page.on("pageerror", (error) => this.troubles.push(String(error)));
    await page.goto(path);
    return page;
  }

  async soldHere(): Promise<readonly Order[]> {
    const { body } = await this.server.call<{ items: Order[] }>("GET", "/v1/orders?channel=store&limit=100");
    return body.items;
  }

  /** On the narrowest phone each answer in the queue can be read whole. */
  async isWhole(kind: "errand" | "queued" | "to-check", language: string): Promise<void> {
    const context = await this.standAt({ ...PHONE, viewport: { width: 360, height: 740 } }, language);
    const page = await this.open(context, "/store/queue");
    await page.getByTestId(kind).first().waitFor();
    await isGood(page, `${kind}-narrow-${language}`);
    const cut = await page
      .getByTestId(kind)
      .locator("button *")
      .evaluateAll((labels) =>
        labels.filter((it) => it.scrollWidth - it.clientWidth > 1).map((it) => String(it.textContent)),
      );
    expect(cut, `${kind} in ${language}`).toEqual([]);
    await context.close();
  }
}
