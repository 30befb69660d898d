import { NumberInput, PasswordInput, Select, Stack, Switch, Text, Textarea, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import { type Field, fieldsOf, settingsFrom } from "./fields.ts";
import type { AccountBody, AccountView, ProviderView } from "./queries.ts";
import { useChannelWords } from "./words.ts";

interface AccountFormProps {
  readonly provider: ProviderView;
  /** Null: one that is to be made. */
  readonly account: AccountView | null;
  readonly onSubmit: (body: AccountBody) => void;
  /** What was refused, and the buttons. */
  readonly children: ReactNode;
}

type Values = Readonly<Record<string, string | boolean>>;

/** A provider's settings, made from what it says of them; secrets are written and never read. */
export function AccountForm({ provider, account, onSubmit, children }: AccountFormProps) {
  const { t } = useTranslation();
  const words = useChannelWords();
  const fields = fieldsOf(provider);
  const [name, setName] = useState(account?.name ?? provider.title);
  const [values, setValues] = useState<Values>((account?.settings as Values | undefined) ?? {});
  const [secrets, setSecrets] = useState<Readonly<Record<string, string>>>({});
  const [endpoint, setEndpoint] = useState(account?.endpoint ?? "");
  const [rate, setRate] = useState<number | string>(account?.rate_per_second ?? "");
  const [isDefault, setDefault] = useState(account?.is_default ?? true);
  const submit = () =>
    onSubmit({
      channel: provider.channel,
      provider: provider.provider,
      name,
      settings: settingsFrom(fields, values),
      secrets: Object.fromEntries(Object.entries(secrets).filter(([, text]) => text !== "")),
      endpoint: endpoint.trim() === "" ? null : endpoint.trim().replace(/\/+$/, ""),
      rate_per_second: typeof rate === "number" ? rate : null,
      is_default: isDefault,
    });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack gap="md">
        <TextInput
          label={t("channels.name")}
          required
          maxLength={120}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {fields.map((field) => (
          <Setting
            key={field.name}
            field={field}
            label={words.field(field.name)}
            value={values[field.name] ?? field.initial}
            onChange={(value) => setValues((now) => ({ ...now, [field.name]: value }))}
          />
        ))}
        {[...provider.secrets, ...provider.hook_secrets].map((secret) => (
          <PasswordInput
            key={secret}
            label={words.field(secret)}
            description={
              provider.hook_secrets.includes(secret) ? t("channels.hookSecretText") : t("channels.secretText")
            }
            placeholder={account?.secrets.includes(secret) ? t("channels.secretKept") : ""}
            required={provider.secrets.includes(secret) && !account?.secrets.includes(secret)}
            autoComplete="off"
            value={secrets[secret] ?? ""}
            onChange={(event) => {
              const text = event.currentTarget.value;
              setSecrets((now) => ({ ...now, [secret]: text }));
            }}
          />
        ))}
        <TextInput
          label={t("channels.endpoint")}
          description={t("channels.endpointText")}
          placeholder="https://"
          type="url"
          value={endpoint}
          onChange={(event) => setEndpoint(event.currentTarget.value)}
        />
        <NumberInput
          label={t("channels.rate")}
          description={t("channels.rateText")}
          min={0.01}
          max={10_000}
          value={rate}
          onChange={setRate}
        />
        <Switch
          label={t("channels.makeDefault")}
          checked={isDefault}
          disabled={account?.is_default === true}
          onChange={(event) => setDefault(event.currentTarget.checked)}
        />
        {account?.is_default ? (
          <Text size="xs" c="dimmed">
            {t("channels.defaultText")}
          </Text>
        ) : null}
        {children}
      </Stack>
    </form>
  );
}

interface SettingProps {
  readonly field: Field;
  readonly label: string;
  readonly value: string | boolean;
  readonly onChange: (value: string | boolean) => void;
}

function Setting({ field, label, value, onChange }: SettingProps) {
  if (field.kind === "switch")
    return (
      <Switch label={label} checked={value === true} onChange={(event) => onChange(event.currentTarget.checked)} />
    );
  if (field.kind === "choice")
    return (
      <Select
        label={label}
        allowDeselect={false}
        data={[...field.choices]}
        value={String(value)}
        onChange={(chosen) => onChange(chosen ?? "")}
      />
    );
  const Input = field.kind === "long" ? Textarea : TextInput;
  return (
    <Input
      label={label}
      required={field.isNeeded}
      value={String(value)}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
