import { Button, Group, Text, TextInput } from "@mantine/core";
import { IconUserSearch } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../api/ask.ts";
import { CollectSheet } from "../orders/collect-sheet.tsx";
import { findByCode, findByReceipt, type QueuedFulfilment } from "../orders/queries.ts";
import { readCode } from "../orders/read-code.ts";
import { useChosenStore } from "../session/chosen-store.ts";
import { Failure } from "../shell/failure.tsx";
import { useCustomerInFront } from "./customer-context.ts";
import { customerQuery, findCustomer, findListByLink } from "./queries.ts";

/** Nothing has it: then it is something else. */
async function orNull<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof ApiError && (error.status === 404 || error.status === 410 || error.code === "code_unknown"))
      return null;
    throw error;
  }
}

export function FindCustomer() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { setCustomerId } = useCustomerInFront();
  const [text, setText] = useState("");
  const navigate = useNavigate();
  const storeId = useChosenStore() ?? "";
  const [waiting, setWaiting] = useState<{ one: QueuedFulfilment; code: string } | null>(null);
  const find = useMutation({
    mutationFn: async (asked: string) => {
      const opens = readCode(asked);
      if (opens?.kind === "collection") {
        const one = await orNull(findByCode(storeId, opens.code));
        if (one) setWaiting({ one, code: opens.code });
        if (one) return undefined;
      }
      if (opens?.kind === "receipt") {
        const order = await orNull(findByReceipt(opens.code));
        if (order) void navigate({ to: "/orders/$id", params: { id: order.id } });
        return order ? undefined : null;
      }
      if (opens?.kind === "list") {
        const found = await orNull(findListByLink(opens.code));
        if (!found) return null;
        setCustomerId(found.profile_id);
        void navigate({ to: "/till", search: { list: found.list_id } });
        return undefined;
      }
      return findCustomer(asked);
    },
    onSuccess(customer) {
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
      {waiting && (
        <CollectSheet
          fulfilment={waiting.one}
          code={waiting.code}
          storeId={storeId}
          onClose={() => {
            setWaiting(null);
            setText("");
          }}
        />
      )}
      {find.isError && <Failure error={find.error} />}
    </form>
  );
}
