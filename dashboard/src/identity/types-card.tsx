import { Button, Divider, Group, Stack, Text, TextInput } from "@mantine/core";
import { Fragment, useState } from "react";
import { useTranslation } from "react-i18next";

import { Card } from "../parts/card.tsx";
import type { IdentifierType } from "./queries.ts";
import { TypeRow } from "./type-row.tsx";

interface TypesCardProps {
  readonly types: readonly IdentifierType[];
  readonly onChange: (types: IdentifierType[]) => void;
}

/** The kinds of identifiers in order of strength, each in words. */
export function TypesCard({ types, onChange }: TypesCardProps) {
  const { t } = useTranslation();
  const move = (from: number, to: number) => {
    const next = [...types];
    next.splice(to, 0, ...next.splice(from, 1));
    onChange(next);
  };
  return (
    <Card title={t("identity.types")}>
      <Text size="sm" c="dimmed">
        {t("identity.typesText")}
      </Text>
      <Stack gap="sm">
        {types.map((type, i) => (
          <Fragment key={type.type}>
            {i > 0 ? <Divider /> : null}
            <TypeRow
              type={type}
              place={i + 1}
              onChange={(changed) => onChange(types.map((one, at) => (at === i ? changed : one)))}
              onRemove={() => onChange(types.filter((_, at) => at !== i))}
              onStronger={i > 0 ? () => move(i, i - 1) : null}
              onWeaker={i < types.length - 1 ? () => move(i, i + 1) : null}
            />
          </Fragment>
        ))}
      </Stack>
      <AddType taken={types.map(({ type }) => type)} onAdd={(type) => onChange([...types, type])} />
    </Card>
  );
}

const NAME = /^[a-z][a-z0-9_]{0,39}$/;

function AddType({
  taken,
  onAdd,
}: {
  readonly taken: readonly string[];
  readonly onAdd: (type: IdentifierType) => void;
}) {
  const { t } = useTranslation();
  const [name, setName] = useState("");
  const isBad = name !== "" && (!NAME.test(name) || taken.includes(name));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (name === "" || isBad) return;
        onAdd({
          type: name,
          limit: 1,
          window: "ever",
          identifies: false,
          traits: [],
          properties: [],
          alarm: { people: 10, days: 30 },
        });
        setName("");
      }}
    >
      <Group gap="xs" align="flex-end">
        <TextInput
          label={t("identity.addType")}
          description={t("identity.addTypeText")}
          value={name}
          error={isBad ? t("identity.badType") : null}
          onChange={(event) => setName(event.currentTarget.value.trim())}
        />
        <Button type="submit" variant="default">
          {t("identity.addType")}
        </Button>
      </Group>
    </form>
  );
}
