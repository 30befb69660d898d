import { Button, Group, Stack } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import type { StoreBody } from "../../../server/src/catalog/contracts.ts";
import { Card } from "../parts/card.tsx";
import { ErrorNotice } from "../parts/notices.tsx";
import { ExceptionFields, HoursFields } from "./hours-fields.tsx";
import { PlaceFields } from "./place-fields.tsx";

interface StoreFormProps {
  readonly start: StoreBody;
  readonly save: {
    readonly mutate: (body: StoreBody) => void;
    readonly isPending: boolean;
    readonly error: unknown;
  };
  readonly label: string;
  readonly children?: ReactNode;
}

/** All of a store, saved as one. */
export function StoreForm({ start, save, label, children }: StoreFormProps) {
  const { t } = useTranslation();
  const [body, setBody] = useState(start);
  const fields = { body, error: save.error, onChange: (part: Partial<StoreBody>) => setBody({ ...body, ...part }) };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(body);
      }}
    >
      <Stack>
        <Card title={t("stores.place")}>
          <PlaceFields {...fields} />
        </Card>
        <Card title={t("stores.hours")}>
          <HoursFields {...fields} />
        </Card>
        <Card title={t("stores.exceptions")}>
          <ExceptionFields {...fields} />
        </Card>
        {save.error ? <ErrorNotice error={save.error} /> : null}
        <Group>
          <Button type="submit" loading={save.isPending} disabled={!body.country || !body.timezone}>
            {label}
          </Button>
          {children}
        </Group>
      </Stack>
    </form>
  );
}
