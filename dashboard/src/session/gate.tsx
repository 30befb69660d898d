import { Center, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { lazy, Suspense } from "react";

import { ErrorNotice } from "../parts/notices.tsx";
import { Layout } from "../shell/layout.tsx";
import { Mark } from "../shell/mark.tsx";
import { sessionQuery } from "./queries.ts";

const FirstUser = lazy(async () => ({ default: (await import("./first-user.tsx")).FirstUser }));
const SignIn = lazy(async () => ({ default: (await import("./sign-in.tsx")).SignIn }));

/** Who is not signed in sees the sign-in screen under whatever address was asked for, and then that address. */
export function Gate() {
  const session = useQuery(sessionQuery);
  if (session.data?.user) return <Layout user={session.data.user} />;
  if (session.data) return <Suspense>{session.data.needs_first_user ? <FirstUser /> : <SignIn />}</Suspense>;
  return (
    <Center mih="100dvh" p="md">
      <Stack align="center" className="kilim-late">
        <Mark size={40} />
        {session.isError ? <ErrorNotice error={session.error} retry={() => void session.refetch()} /> : null}
      </Stack>
    </Center>
  );
}
