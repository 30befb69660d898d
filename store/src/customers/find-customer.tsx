import { Button, Group, Text, TextInput } from "@mantine/core";
import { IconUserSearch } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { readCode } from "../orders/read-code.ts";
import { Failure } from "../shell/failure.tsx";
import { useCustomerInFront } from "./customer-context.ts";
import { customerQuery, findCustomer } from "./queries.ts";
import { useOpenCode } from "./use-open-code.tsx";

export function FindCustomer() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { setCustomerId } = useCustomerInFront();
  const [text, setText] = useState("");
  const { open, sheet } = useOpenCode();
  const find = useMutation({
    mutationFn: async (asked: string) => {
      const opens = readCode(asked);
      if (opens && (await open(opens))) return undefined;
      if (opens && opens.kind !== "collection") return null;
      return findCustomer(asked);
    },
    onSuccess(customer) {
      if (customer === undefined) setText("");
      if (!customer) return;
      queries.setQueryData(customerQuery(customer.id).queryKey, customer);
      setCustomerId(customer.id);
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        find.mutate(text);
      }}
    >
      <Group align="flex-end" wrap="nowrap" gap="xs">
        <TextInput
          flex={1}
          label={t("customer.find")}
          placeholder={t("customer.findBy")}
          name="customer"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          required
          withAsterisk={false}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            find.reset();
          }}
        />
        <Button type="submit" px="md" loading={find.isPending} aria-label={t("customer.search")}>
          <IconUserSearch />
        </Button>
      </Group>
      {find.isSuccess && find.data === null && (
        <Text role="status" mt="xs" c="dimmed">
          {t("customer.nobody")}
        </Text>
      )}
      {sheet}
      {find.isError && <Failure error={find.error} />}
    </form>
  );
}
