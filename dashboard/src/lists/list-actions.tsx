import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { call } from "../api/http.ts";
import { useFormat } from "../i18n/format.ts";
import { ErrorNotice } from "../parts/notices.tsx";
import { announce } from "../shell/announce.ts";
import { isTaken, LISTS, type ListView } from "./queries.ts";

interface ActionProps {
  readonly list: ListView;
  readonly onClose: () => void;
}

export function RenameList({ list, onClose }: ActionProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [name, setName] = useState(list.name);
  const rename = useMutation({
    mutationFn: () => call<ListView>("PUT", `/v1/lists/${list.id}`, { name: name.trim() }),
    onSuccess: async () => {
      onClose();
      await client.invalidateQueries({ queryKey: LISTS });
    },
  });
  return (
    <Modal opened onClose={onClose} closeButtonProps={{ "aria-label": t("action.close") }} title={t("lists.rename")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== "") rename.mutate();
        }}
      >
        <Stack gap="md">
          <TextInput
            data-autofocus
            label={t("lists.name")}
            maxLength={120}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={isTaken(rename.error) ? t("lists.nameTaken") : null}
          />
          {rename.isError && !isTaken(rename.error) ? <ErrorNotice error={rename.error} /> : null}
          <Group justify="flex-end">
            <Button type="submit" disabled={name.trim() === ""} loading={rename.isPending}>
              {t("action.save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** The list is gone for good with everybody on it, so it is asked first; refused while something asks for the list. */
export function DeleteList({ list, onClose }: ActionProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const navigate = useNavigate();
  const remove = useMutation({
    mutationFn: () => call<unknown>("DELETE", `/v1/lists/${list.id}`),
    onSuccess: async () => {
      await navigate({ to: "/segments/lists" });
      await client.invalidateQueries({ queryKey: LISTS });
      announce(t("lists.deleted", { name: list.name }));
    },
  });
  return (
    <Modal opened onClose={onClose} closeButtonProps={{ "aria-label": t("action.close") }} title={t("lists.delete")}>
      <Stack gap="md">
        <Text size="sm">
          {list.is_used
            ? t("lists.inUse", { names: list.used_by.map((segment) => segment.name).join(", ") || t("lists.aJourney") })
            : t("lists.deleteText", { name: list.name, count: list.size, shown: format.number(list.size) })}
        </Text>
        {remove.isError ? <ErrorNotice error={remove.error} /> : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("lists.keep")}
          </Button>
          <Button color="kilim" disabled={list.is_used} loading={remove.isPending} onClick={() => remove.mutate()}>
            {t("lists.delete")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
