import { Button, Code, Group, Text } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

const SHOWN_CHARACTERS = 4_000;

/** Bytes that are no JSON of ours: their beginning as text, all of them as a file. */
export function RawView({ raw, name }: { readonly raw: string; readonly name: string }) {
  const { t } = useTranslation();
  const bytes = useMemo(() => Uint8Array.from(atob(raw), (letter) => letter.charCodeAt(0)), [raw]);
  const download = () => {
    const url = URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" }));
    const link = document.createElement("a");
    link.href = url;
    link.download = `${name}.bin`;
    link.click();
    URL.revokeObjectURL(url);
  };
  return (
    <div>
      <Group justify="space-between" mb={6}>
        <Text size="sm">{t("events.raw", { bytes: bytes.length })}</Text>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconDownload size={14} aria-hidden />}
          onClick={download}
        >
          {t("events.download")}
        </Button>
      </Group>
      <Code block className="kilim-pre">
        {new TextDecoder().decode(bytes).slice(0, SHOWN_CHARACTERS)}
      </Code>
    </div>
  );
}
