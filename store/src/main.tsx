import { MantineProvider } from "@mantine/core";
import "@mantine/core/styles.css";
import { Notifications } from "@mantine/notifications";
import "@mantine/notifications/styles.css";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createQueryClient } from "./api/query-client.ts";
import { startLanguages } from "./i18n.ts";
import { createStoreRouter } from "./router.tsx";
import { cssVariables, theme } from "./theme.ts";
import "./store.css";

async function open(root: HTMLElement): Promise<void> {
  await startLanguages();
  createRoot(root).render(
    <StrictMode>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
        <Notifications position="top-center" />
        <QueryClientProvider client={createQueryClient()}>
          <RouterProvider router={createStoreRouter()} />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
}

/** Opens the screens without a network, too. While developing the files change too often to be kept. */
if (import.meta.env.PROD && "serviceWorker" in navigator) {
  addEventListener("load", () => void navigator.serviceWorker.register("/store/sw.js").catch(() => {}));
}

const root = document.getElementById("root");
if (root) void open(root);
