import { Alert, Button, Group, Select, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { call } from "../api/http.ts";
import { useFormat } from "../i18n/format.ts";
import { ErrorNotice } from "../parts/notices.tsx";
import { announce } from "../shell/announce.ts";
import { type Lookup, SUPPRESSED } from "./queries.ts";

const TYPES = ["email", "phone", "user_id", "loyalty_id", "anonymous_id", "device_id"];

/** Compares an identifier with the hashes that are kept, and lets its person come back. */
export function SuppressedLookup() {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const [type, setType] = useState("email");
  const [value, setValue] = useState("");
  const lookUp = useMutation({
    mutationFn: () => call<Lookup>("POST", "/v1/suppressed-people/lookup", { type, value: value.trim() }),
  });
  const lift = useMutation({
    mutationFn: (id: string) => call("DELETE", `/v1/suppressed-people/${id}`),
    onSuccess: async () => {
      announce(t("privacy.lifted"));
      lookUp.reset();
      setValue("");
      await client.invalidateQueries({ queryKey: SUPPRESSED });
    },
  });
  const found = lookUp.data?.person;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        lookUp.mutate();
      }}
    >
      <Stack gap="sm">
        <Group align="flex-end" gap="sm">
          <Select
            label={t("privacy.type")}
            data={TYPES}
            value={type}
            allowDeselect={false}
            w={150}
            onChange={(next) => setType(next ?? "email")}
          />
          <TextInput
            label={t("privacy.value")}
            required
            flex="1 1 220px"
            value={value}
            onChange={(event) => {
              setValue(event.currentTarget.value);
              lookUp.reset();
            }}
          />
          <Button type="submit" loading={lookUp.isPending}>
            {t("privacy.find")}
          </Button>
        </Group>
        {lookUp.isError ? <ErrorNotice error={lookUp.error} /> : null}
        {lift.isError ? <ErrorNotice error={lift.error} /> : null}
        {found === null ? <Text size="sm">{t("privacy.notFound")}</Text> : null}
        {found ? (
          <Alert
            color="gray"
            title={t("privacy.found", {
              day: format.day(found.since),
              count: Object.values(found.identifiers).reduce((sum, n) => sum + n, 0),
            })}
          >
            <Stack gap="xs" align="flex-start">
              <Text size="sm">{t("privacy.liftText")}</Text>
              <Button variant="default" size="xs" loading={lift.isPending} onClick={() => lift.mutate(found.id)}>
                {t("privacy.lift")}
              </Button>
            </Stack>
          </Alert>
        ) : null}
      </Stack>
    </form>
  );
}
