import { Checkbox, TagsInput, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { RulesConfig } from "../../../server/src/identity/contracts.ts";
import { Card } from "../parts/card.tsx";

type Blocked = RulesConfig["blocked"];

export function BlockedCard(props: { readonly blocked: Blocked; readonly onChange: (blocked: Blocked) => void }) {
  const { blocked, onChange } = props;
  const { t } = useTranslation();
  return (
    <Card title={t("identity.blocked")}>
      <Text size="sm" c="dimmed">
        {t("identity.blockedText")}
      </Text>
      <TagsInput
        label={t("identity.values")}
        description={t("identity.valuesText")}
        maxTags={1000}
        value={[...blocked.values]}
        onChange={(values) => onChange({ ...blocked, values })}
      />
      <TagsInput
        label={t("identity.prefixes")}
        maxTags={50}
        value={[...blocked.prefixes]}
        onChange={(prefixes) => onChange({ ...blocked, prefixes })}
      />
      <Checkbox
        label={t("identity.zeros")}
        checked={blocked.only_zeros_and_dashes}
        onChange={(event) => onChange({ ...blocked, only_zeros_and_dashes: event.currentTarget.checked })}
      />
    </Card>
  );
}
