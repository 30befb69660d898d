import { createKilim } from "@kilim/sdk";
import { MantineProvider } from "@mantine/core";
import "@mantine/core/styles.css";
import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createQueryClient } from "../api/query-client.ts";
import { cssVariables, theme } from "../theme.ts";
import "../store.css";
import { Kiosk } from "./kiosk.tsx";
import { KioskContext } from "./kiosk-context.ts";
import { leaveNothing } from "./leave-nothing.ts";
import { startWords } from "./words.ts";

/** One life of the page is one person's: everything is in its memory, and the next person gets a new page. */
async function open(root: HTMLElement): Promise<void> {
  leaveNothing();
  const [setup] = await Promise.all([loadSetup(), startWords()]);
  const kilim = createKilim({ writeKey: setup.write_key, storage: "none", channel: "kiosk", touchpoint: "kiosk" });
  createRoot(root).render(
    <StrictMode>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
        <KioskContext value={kilim}>
          <QueryClientProvider client={createQueryClient()}>
            <Kiosk />
          </QueryClientProvider>
        </KioskContext>
      </MantineProvider>
    </StrictMode>,
  );
}

async function loadSetup(): Promise<{ write_key: string }> {
  // Without the cookie of an associate who has signed in on this tablet: a kiosk is nobody of the staff.
  const response = await fetch("/v1/setup", { credentials: "omit" });
  if (!response.ok) throw new Error(`/v1/setup answered ${response.status}`);
  return response.json();
}

const root = document.getElementById("root");
if (root) void open(root);
