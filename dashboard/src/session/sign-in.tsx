import { Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { call } from "../api/http.ts";
import { ErrorNotice } from "../parts/notices.tsx";
import { Door } from "./door.tsx";
import { sessionQuery } from "./queries.ts";

export function SignIn() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const signIn = useMutation({
    mutationFn: () => call<unknown>("POST", "/v1/auth/sign-in/email", { email, password }),
    onSuccess: () => client.invalidateQueries({ queryKey: sessionQuery.queryKey }),
  });
  return (
    <Door title={t("session.signIn")} text={t("session.signInText")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          signIn.mutate();
        }}
      >
        <Stack gap="sm">
          <TextInput
            label={t("session.email")}
            type="email"
            autoComplete="username"
            required
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <PasswordInput
            label={t("session.password")}
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          {signIn.isError ? <ErrorNotice error={signIn.error} /> : null}
          <Button type="submit" loading={signIn.isPending}>
            {t("session.signIn")}
          </Button>
        </Stack>
      </form>
    </Door>
  );
}
