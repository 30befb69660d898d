import { Center, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { ErrorNotice } from "../parts/notices.tsx";
import { Layout } from "../shell/layout.tsx";
import { Mark } from "../shell/mark.tsx";
import { FirstUser } from "./first-user.tsx";
import { sessionQuery } from "./queries.ts";
import { SignIn } from "./sign-in.tsx";

/** Who is not signed in sees the sign-in screen under whatever address was asked for, and then that address. */
export function Gate() {
  const session = useQuery(sessionQuery);
  if (session.data?.user) return <Layout user={session.data.user} />;
  if (session.data) return session.data.needs_first_user ? <FirstUser /> : <SignIn />;
  return (
    <Center mih="100dvh" p="md">
      <Stack align="center" className="kilim-late">
        <Mark size={40} />
        {session.isError ? <ErrorNotice error={session.error} retry={() => void session.refetch()} /> : null}
      </Stack>
    </Center>
  );
}
