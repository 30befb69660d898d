import { Alert, Button, Group, Modal, SegmentedControl, Select, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { call } from "../api/http.ts";
import { accountsQuery } from "../channels/queries.ts";
import { TextLink } from "../parts/link.tsx";
import { ErrorNotice } from "../parts/notices.tsx";
import { segmentsQuery } from "../segments/queries.ts";
import { type AdAudienceBody, type AdAudienceView, AUDIENCES } from "./queries.ts";

const NONE = "none";

/** Where people come from and where they go. */
export function NewAudience({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const accounts = (useQuery(accountsQuery).data?.items ?? []).filter(({ channel }) => channel === "ads");
  const segments = useQuery(segmentsQuery).data?.items ?? [];
  const [name, setName] = useState("");
  const [segment, setSegment] = useState<string | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [isNew, setIsNew] = useState(true);
  const [external, setExternal] = useState("");
  const account = chosen ?? accounts[0]?.id ?? NONE;
  const toFile = account === NONE;
  const isReady = name.trim() !== "" && segment !== null && (toFile || isNew || /^\d+$/.test(external.trim()));
  const create = useMutation({
    mutationFn: () =>
      call<AdAudienceView>("POST", "/v1/audiences", {
        name: name.trim(),
        segment_id: segment === NONE ? null : segment,
        account_id: toFile ? null : account,
        external_id: toFile || isNew ? null : external.trim(),
        create: !toFile && isNew,
      } satisfies AdAudienceBody),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: AUDIENCES });
      await navigate({ to: "/messages/audiences/$id", params: { id } });
    },
  });
  return (
    <Modal
      opened
      onClose={onClose}
      closeButtonProps={{ "aria-label": t("action.close") }}
      title={t("audiences.create")}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) create.mutate();
        }}
      >
        <Stack gap="md">
          <TextInput
            data-autofocus
            label={t("audiences.name")}
            maxLength={120}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Select
            label={t("audiences.who")}
            placeholder={t("audiences.pickSegment")}
            searchable
            value={segment}
            onChange={setSegment}
            data={[
              ...segments.map((one) => ({ value: one.id, label: one.name })),
              { value: NONE, label: t("audiences.byJourneys") },
            ]}
          />
          <Select
            label={t("audiences.destination")}
            allowDeselect={false}
            value={account}
            onChange={setChosen}
            data={[
              ...accounts.map((one) => ({ value: one.id, label: one.name })),
              { value: NONE, label: t("audiences.filesOnly") },
            ]}
          />
          {accounts.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t("audiences.noAccount")}{" "}
              <TextLink to="/settings/channels/new" size="sm" underline="always">
                {t("audiences.addAccount")}
              </TextLink>
            </Text>
          ) : null}
          {toFile ? null : (
            <SegmentedControl
              aria-label={t("audiences.there")}
              fullWidth
              value={isNew ? "make" : "take"}
              onChange={(value) => setIsNew(value === "make")}
              data={[
                { value: "make", label: t("audiences.make") },
                { value: "take", label: t("audiences.take") },
              ]}
            />
          )}
          {toFile || !isNew ? null : (
            <Text size="sm" c="dimmed">
              {t("audiences.makeText")}
            </Text>
          )}
          {toFile || isNew ? null : (
            <TextInput
              label={t("audiences.external")}
              description={t("audiences.externalText")}
              inputMode="numeric"
              value={external}
              onChange={(event) => setExternal(event.currentTarget.value)}
            />
          )}
          <Alert color="gray">{t("audiences.onlyYes")}</Alert>
          {create.isError ? <ErrorNotice error={create.error} /> : null}
          <Group justify="flex-end">
            <Button type="submit" disabled={!isReady} loading={create.isPending}>
              {t("audiences.create")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
