import { Alert, Anchor, Button, Card, Center, PasswordInput, Stack, TextInput, Title } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../api/ask.ts";
import { Mark } from "../shell/mark.tsx";
import { codeOf, refusal } from "../shell/refusal.ts";
import { signIn } from "./session.ts";

export function SignInPage({ needsFirstUser }: { readonly needsFirstUser: boolean }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const enter = useMutation({
    mutationFn: (told: { readonly email: string; readonly password: string }) => signIn(told.email, told.password),
    onSuccess: () => queries.invalidateQueries(),
  });
  return (
    <Center component="main" mih="100dvh" p="md">
      <Card w="100%" maw={440} padding="xl">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            enter.mutate({ email: email.trim(), password });
          }}
        >
          <Stack gap="lg">
            <Mark size={40} />
            <Title order={1}>{t("signIn.title")}</Title>
            {needsFirstUser && (
              <Alert>
                {t("signIn.first")} <Anchor href="/">{t("signIn.toDashboard")}</Anchor>
              </Alert>
            )}
            <TextInput
              label={t("signIn.email")}
              name="email"
              type="email"
              autoComplete="username"
              required
              value={email}
              onChange={(event) => setEmail(event.currentTarget.value)}
            />
            <PasswordInput
              label={t("signIn.password")}
              name="password"
              autoComplete="current-password"
              required
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
            {enter.isError && (
              <Alert role="alert">
                {enter.error instanceof ApiError && enter.error.status === 401
                  ? t("signIn.wrong")
                  : refusal(t, codeOf(enter.error))}
              </Alert>
            )}
            <Button type="submit" loading={enter.isPending}>
              {t("signIn.enter")}
            </Button>
          </Stack>
        </form>
      </Card>
    </Center>
  );
}
