import "@mantine/core/styles.layer.css";
import "./theme.css";

import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { createRoot } from "react-dom/client";

import { queryClient } from "./api/query-client.ts";
import { startI18n } from "./i18n/start.ts";
import { router } from "./router.tsx";
import { ToastCorner } from "./shell/toast-corner.tsx";
import { cssVariables, theme } from "./theme.ts";

await startI18n();

const root = document.getElementById("root");
if (!root) throw new Error("the page has no #root element");

createRoot(root).render(
  <MantineProvider theme={theme} defaultColorScheme="auto" cssVariablesResolver={cssVariables}>
    <QueryClientProvider client={queryClient}>
      <ToastCorner />
      <RouterProvider router={router} />
    </QueryClientProvider>
  </MantineProvider>,
);
