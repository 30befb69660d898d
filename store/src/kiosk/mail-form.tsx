import { Button, Checkbox, Stack, Text, TextInput, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Failure } from "../shell/failure.tsx";
import { useKilim } from "./kiosk-context.ts";
import { startOver } from "./leave-nothing.ts";

/** Sends the list to oneself. News only with a yes of her own, which the mail asks for once more. */
export function MailForm({ listId }: { readonly listId: string }) {
  const { t, i18n } = useTranslation();
  const kilim = useKilim();
  const [email, setEmail] = useState("");
  const [wantsNews, setWantsNews] = useState(false);
  const send = useMutation({
    mutationFn: (to: string) =>
      kilim.ask("POST", `/v1/shopping-lists/${listId}/mail-to-me`, {
        email: to,
        language: i18n.language,
        ...(wantsNews ? { consent_wording: t("mail.news") } : {}),
      }),
  });
  if (send.isSuccess) {
    return (
      <Stack>
        <Title order={2}>{t("mail.sent")}</Title>
        <Text role="status">{t("mail.sentText")}</Text>
        <Button onClick={startOver}>{t("mail.done")}</Button>
      </Stack>
    );
  }
  return (
    <form
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        send.mutate(email.trim());
      }}
    >
      <Stack>
        <Title order={2}>{t("mail.title")}</Title>
        <TextInput
          label={t("mail.address")}
          // Not "email": a browser would offer those of the people before.
          name="kiosk-address"
          type="email"
          inputMode="email"
          autoComplete="off"
          autoCapitalize="none"
          required
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <Checkbox
          size="md"
          label={t("mail.news")}
          checked={wantsNews}
          onChange={(event) => setWantsNews(event.currentTarget.checked)}
        />
        <Text c="dimmed">{t("mail.why")}</Text>
        {send.isError && <Failure error={send.error} />}
        <Button type="submit" loading={send.isPending}>
          {t("mail.send")}
        </Button>
      </Stack>
    </form>
  );
}
