import { createKilim } from "@kilim/sdk";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { readAddress } from "./cart/cart-query.ts";
import { startLanguages } from "./i18n.ts";
import { KilimProvider } from "./kilim.tsx";
import { readTheme, showTheme } from "./layout/theme.ts";
import { createQueryClient } from "./query-client.ts";
import { createShopRouter } from "./router.tsx";
import "./styles/tokens.css";
import "./styles/base.css";

/** The shop knows nothing but its write key; everything else comes through the SDK and the public API. */
async function open(root: HTMLElement): Promise<void> {
  const [setup] = await Promise.all([loadSetup(), startLanguages()]);
  const kilim = createKilim({ writeKey: setup.write_key, touchpoint: "shop" });
  const router = createShopRouter();
  createRoot(root).render(
    <StrictMode>
      <KilimProvider value={kilim}>
        <QueryClientProvider client={createQueryClient()}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </KilimProvider>
    </StrictMode>,
  );
}

async function loadSetup(): Promise<{ write_key: string }> {
  const response = await fetch("/v1/setup");
  if (!response.ok) throw new Error(`/v1/setup answered ${response.status}`);
  return response.json();
}

readAddress();
showTheme(readTheme());
const root = document.getElementById("root");
if (root) {
  open(root).catch((error: unknown) => {
    console.error(error);
    root.innerHTML = `<p class="closed">Dokuma is closed for a moment. Please try again.</p>`;
  });
}
