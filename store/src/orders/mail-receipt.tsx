import { Button, Group, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Failure } from "../shell/failure.tsx";
import { mailReceipt } from "./queries.ts";

export function MailReceipt({ orderId, email: known }: { readonly orderId: string; readonly email: string | null }) {
  const { t } = useTranslation();
  const [email, setEmail] = useState(known ?? "");
  const send = useMutation({ mutationFn: (to: string) => mailReceipt(orderId, to) });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send.mutate(email.trim());
      }}
    >
      <Group align="flex-end" wrap="nowrap" gap="xs">
        <TextInput
          flex={1}
          type="email"
          name="receipt-mail"
          label={t("till.receiptTo")}
          required
          value={email}
          onChange={(event) => {
            setEmail(event.currentTarget.value);
            send.reset();
          }}
        />
        <Button type="submit" variant="default" loading={send.isPending}>
          {t("order.send")}
        </Button>
      </Group>
      {send.isSuccess && (
        <Text role="status" mt="xs">
          {t("order.sent")}
        </Text>
      )}
      {send.isError && <Failure error={send.error} />}
    </form>
  );
}
