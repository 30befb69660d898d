import { Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { call } from "../api/http.ts";
import { ErrorNotice } from "../parts/notices.tsx";
import { Door } from "./door.tsx";
import { sessionQuery } from "./queries.ts";

/** A fresh installation without the demo: whoever comes first gives it its first account. */
export function FirstUser() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [account, setAccount] = useState({ name: "", email: "", password: "" });
  const signUp = useMutation({
    mutationFn: () => call<unknown>("POST", "/v1/auth/sign-up/email", account),
    onSuccess: () => client.invalidateQueries({ queryKey: sessionQuery.queryKey }),
  });
  const field = (name: keyof typeof account) => ({
    required: true,
    value: account[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setAccount((current) => ({ ...current, [name]: value }));
    },
  });
  return (
    <Door title={t("session.firstUser")} text={t("session.firstUserText")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          signUp.mutate();
        }}
      >
        <Stack gap="sm">
          <TextInput label={t("session.name")} autoComplete="name" {...field("name")} />
          <TextInput label={t("session.email")} type="email" autoComplete="username" {...field("email")} />
          <PasswordInput
            label={t("session.password")}
            description={t("session.passwordHint")}
            autoComplete="new-password"
            minLength={8}
            {...field("password")}
          />
          {signUp.isError ? <ErrorNotice error={signUp.error} /> : null}
          <Button type="submit" loading={signUp.isPending}>
            {t("session.createAccount")}
          </Button>
        </Stack>
      </form>
    </Door>
  );
}
