import { AppShell } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Outlet } from "@tanstack/react-router";
import { useState } from "react";
import { useLive } from "../api/use-live.ts";
import { CustomerContext } from "../customers/customer-context.ts";
import { Connection } from "../offline/connection.tsx";
import { useKnownItems } from "../offline/use-known-items.ts";
import { useTelling } from "../offline/use-sales.ts";
import { ChooseStorePage } from "../session/choose-store-page.tsx";
import { useChosenStore } from "../session/chosen-store.ts";
import { sessionQuery } from "../session/session.ts";
import { SignInPage } from "../session/sign-in-page.tsx";
import { Failure } from "./failure.tsx";
import { Header } from "./header.tsx";

/** Sign in, say which store this is, work. */
export function Shell() {
  const session = useQuery(sessionQuery);
  const storeId = useChosenStore();
  if (session.isPending) return null;
  if (session.isError) return <Failure error={session.error} retry={session.refetch} />;
  if (!session.data.user) return <SignInPage needsFirstUser={session.data.needs_first_user} />;
  if (!storeId) return <ChooseStorePage />;
  return <AtWork staffName={session.data.user.name} storeId={storeId} />;
}

interface AtWorkProps {
  readonly staffName: string;
  readonly storeId: string;
}

/** The customer in front stays the same when the associate goes from the till to her page and back. */
function AtWork({ staffName, storeId }: AtWorkProps) {
  const [customerId, setCustomerId] = useState<string | null>(null);
  useLive(customerId);
  useTelling();
  useKnownItems(storeId);
  return (
    <CustomerContext value={{ customerId, setCustomerId }}>
      <AppShell header={{ height: 64 }} padding="md">
        <AppShell.Header>
          <Header staffName={staffName} storeId={storeId} />
        </AppShell.Header>
        <AppShell.Main>
          <Connection />
          <Outlet />
        </AppShell.Main>
      </AppShell>
    </CustomerContext>
  );
}
