import {
  Button,
  ColorInput,
  Group,
  Image,
  NumberInput,
  Paper,
  Select,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  TextInput,
  Title,
} from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { BrandKit } from "../../../server/src/messages/contracts.ts";
import { PicturePicker } from "../composer/picture-picker.tsx";
import { BRAND_COLORS } from "../composer/vocabulary.ts";
import { contrastOf } from "./contrast.ts";

interface PartProps {
  readonly kit: BrandKit;
  readonly onChange: (change: Partial<BrandKit>) => void;
}

/** What each colour of letters stands on. */
const PAPER = { on_primary: "primary", text: "surface", muted: "background" } as const;

export function Colors({ kit, onChange }: PartProps) {
  const { t, i18n } = useTranslation();
  const { colors } = kit;
  const problem = (name: keyof BrandKit["colors"]): string | undefined => {
    if (!(name in PAPER)) return undefined;
    const contrast = contrastOf(colors[name], colors[PAPER[name as keyof typeof PAPER]]);
    if (Number.isNaN(contrast) || contrast >= 4.5) return undefined;
    return t("brand.contrast", { contrast: contrast.toLocaleString(i18n.language, { maximumFractionDigits: 1 }) });
  };
  return (
    <Paper p="md">
      <Stack gap="sm">
        <Title order={2}>{t("brand.colors")}</Title>
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          {BRAND_COLORS.map((name) => (
            <ColorInput
              key={name}
              format="hex"
              label={t(`brand.color.${name}`)}
              value={colors[name]}
              error={problem(name)}
              withEyeDropper={false}
              onChange={(color) => onChange({ colors: { ...colors, [name]: color } })}
            />
          ))}
        </SimpleGrid>
      </Stack>
    </Paper>
  );
}

export function Logo({ kit, onChange }: PartProps) {
  const { t } = useTranslation();
  const { logo } = kit;
  return (
    <Paper p="md">
      <Stack gap="sm" align="flex-start">
        <Title order={2}>{t("brand.logo")}</Title>
        {logo ? (
          <>
            <Image src={`/assets/images/${logo.image}`} alt={logo.alt} w={logo.width} maw="100%" fit="contain" />
            <TextInput
              w="100%"
              label={t("brand.alt")}
              value={logo.alt}
              onChange={(event) => onChange({ logo: { ...logo, alt: event.currentTarget.value } })}
            />
            <NumberInput
              label={t("brand.width")}
              value={logo.width}
              min={24}
              max={480}
              allowDecimal={false}
              onChange={(width) => onChange({ logo: { ...logo, width: typeof width === "number" ? width : 120 } })}
            />
          </>
        ) : (
          <Text size="sm" c="dimmed">
            {t("brand.noLogo")}
          </Text>
        )}
        <Group gap="xs">
          <PicturePicker
            label={t("brand.chooseLogo")}
            onPick={({ id, width }) =>
              onChange({ logo: { image: id, alt: logo?.alt ?? kit.name, width: Math.max(24, Math.min(width, 180)) } })
            }
          />
          {logo ? (
            <Button variant="subtle" color="gray" onClick={() => onChange({ logo: null })}>
              {t("brand.removeLogo")}
            </Button>
          ) : null}
        </Group>
      </Stack>
    </Paper>
  );
}

const OFFERED = ["en", "tr", "id", "de", "fr", "es"];

export function Footers({ kit, onChange }: PartProps) {
  const { t, i18n } = useTranslation();
  const names = new Intl.DisplayNames([i18n.language], { type: "language" });
  const spoken = Object.keys(kit.footer);
  return (
    <Paper p="md">
      <Stack gap="sm">
        <Title order={2}>{t("brand.footer")}</Title>
        <Text size="sm" c="dimmed">
          {t("brand.footerHint")}
        </Text>
        {spoken.map((language) => (
          <Textarea
            key={language}
            label={names.of(language) ?? language}
            autosize
            minRows={2}
            value={kit.footer[language] ?? ""}
            onChange={(event) => onChange({ footer: { ...kit.footer, [language]: event.currentTarget.value } })}
          />
        ))}
        <Select
          size="sm"
          w={200}
          aria-label={t("brand.addLanguage")}
          placeholder={t("brand.addLanguage")}
          value={null}
          data={OFFERED.filter((language) => !spoken.includes(language)).map((language) => ({
            value: language,
            label: names.of(language) ?? language,
          }))}
          onChange={(language) => {
            if (language) onChange({ footer: { ...kit.footer, [language]: "" } });
          }}
        />
      </Stack>
    </Paper>
  );
}

const SENDERS = ["email", "sms", "letter"] as const;

export function Senders({ kit, onChange }: PartProps) {
  const { t } = useTranslation();
  return (
    <Paper p="md">
      <Stack gap="sm">
        <Title order={2}>{t("brand.senders")}</Title>
        {SENDERS.map((channel) => {
          const sender = kit.senders[channel] ?? { name: "", address: "", reply_to: "" };
          const change = (part: Partial<typeof sender>) =>
            onChange({ senders: { ...kit.senders, [channel]: { ...sender, ...part } } });
          return (
            <fieldset key={channel} style={{ border: 0, margin: 0, padding: 0 }}>
              <Text component="legend" size="sm" fw={600}>
                {t(`composer.channels.${channel}`)}
              </Text>
              <SimpleGrid cols={{ base: 1, xs: channel === "email" ? 3 : 2 }}>
                <TextInput
                  label={t("brand.senderName")}
                  value={sender.name}
                  onChange={(event) => change({ name: event.currentTarget.value })}
                />
                <TextInput
                  label={t("brand.senderAddress")}
                  value={sender.address}
                  onChange={(event) => change({ address: event.currentTarget.value })}
                />
                {channel === "email" ? (
                  <TextInput
                    label={t("brand.replyTo")}
                    value={sender.reply_to}
                    onChange={(event) => change({ reply_to: event.currentTarget.value })}
                  />
                ) : null}
              </SimpleGrid>
            </fieldset>
          );
        })}
      </Stack>
    </Paper>
  );
}
