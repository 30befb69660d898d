import AxeBuilder from "@axe-core/playwright";
import chromium from "@sparticuz/chromium";
import { type Browser, type BrowserContextOptions, type Page, chromium as playwright } from "playwright-core";
import { expect } from "vitest";

import type { TestServer } from "../server/src/platform/testing/server.ts";

/** Not the package's own `args`: they turn web security off, and contexts of one process crash each other. */
const FLAGS = [
  "--no-sandbox",
  "--headless=shell",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export async function launchBrowser(flags: readonly string[] = []): Promise<Browser> {
  return playwright.launch({ executablePath: await chromium.executablePath(), args: [...FLAGS, ...flags] });
}

/** A page of a dashboard at which somebody of the staff is signed in. */
export async function openSignedIn(browser: Browser, server: TestServer, given: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext({ ...given, baseURL: server.url, reducedMotion: "reduce" });
  context.setDefaultTimeout(20_000);
  await context.request.post("/v1/auth/sign-in/email", { data: server.staff });
  return context.newPage();
}

/** Axe finds nothing once the page has come to rest, and the page is no wider than the screen. With `KILIM_PICTURES` set to a folder, also a picture. */
export async function isGood(page: Page, where: string, within = "body"): Promise<void> {
  if (process.env.KILIM_PICTURES) await page.screenshot({ path: `${process.env.KILIM_PICTURES}/${where}.png` });
  // What fades in has too little contrast until it is there. However long one look takes: what it finds counts.
  const until = performance.now() + 10_000;
  let found = await findings(page, within);
  while (found.length > 0 && performance.now() < until) found = await findings(page, within);
  expect(found, where).toEqual([]);
  expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth"), `${where} is too wide`).toBe(0);
}

async function findings(page: Page, within: string): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .include(within)
    .withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"])
    .analyze();
  return violations.map(({ id, nodes }) => `${id} ${nodes[0]?.target.join(" ")}`);
}
