import { Button, Group, Modal, Select, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { call } from "../api/http.ts";
import { useLabel } from "../i18n/label.ts";
import { errorAt } from "../parts/field-error.ts";
import { ErrorNotice } from "../parts/notices.tsx";
import { announce } from "../shell/announce.ts";
import { BY_HAND, SUPPRESSIONS } from "./queries.ts";

interface NewProps {
  /** Which one is looked at. */
  readonly channel: string;
  readonly onClose: () => void;
  /** Told where it is now to be seen. */
  readonly onDone: (channel: string) => void;
}

/** An address or number that nothing is to go to from now on. */
export function NewSuppression({ channel: shown, onClose, onDone }: NewProps) {
  const { t } = useTranslation();
  const label = useLabel();
  const client = useQueryClient();
  const [channel, setChannel] = useState<(typeof BY_HAND)[number]>(BY_HAND.find((one) => one === shown) ?? "email");
  const [address, setAddress] = useState("");
  const byNumber = channel !== "email";
  const typed = byNumber ? bare(address) : address.trim();
  const create = useMutation({
    mutationFn: () => call("POST", "/v1/suppressions", { channel, address: typed }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: SUPPRESSIONS });
      announce(t("suppressions.created", { address: typed }));
      onDone(channel);
    },
  });
  const isRefused = errorAt(create.error, "address") !== undefined;
  return (
    <Modal
      opened
      onClose={onClose}
      closeButtonProps={{ "aria-label": t("action.close") }}
      title={t("suppressions.create")}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (typed !== "") create.mutate();
        }}
      >
        <Stack gap="md">
          <Select
            label={t("suppressions.channel")}
            allowDeselect={false}
            value={channel}
            data={BY_HAND.map((one) => ({ value: one, label: label("channel", one) }))}
            onChange={(next) => {
              setChannel(BY_HAND.find((one) => one === next) ?? "email");
              create.reset();
            }}
          />
          <TextInput
            data-autofocus
            label={t(byNumber ? "suppressions.number" : "suppressions.email")}
            description={byNumber ? t("suppressions.numberText") : null}
            inputMode={byNumber ? "tel" : "email"}
            maxLength={320}
            value={address}
            onChange={(event) => {
              setAddress(event.currentTarget.value);
              create.reset();
            }}
            error={isRefused ? t(byNumber ? "suppressions.numberWrong" : "suppressions.addressWrong") : null}
          />
          <Text size="sm" c="dimmed">
            {t("suppressions.createText")}
          </Text>
          {create.isError && !isRefused ? <ErrorNotice error={create.error} /> : null}
          <Group justify="flex-end">
            <Button type="submit" disabled={typed === ""} loading={create.isPending}>
              {t("suppressions.add")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** A number as it is dialled, without what people write to read it better. */
function bare(number: string): string {
  return number.replaceAll(/[\s().-]/g, "");
}
