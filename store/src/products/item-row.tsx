import { Group, Image, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { variantName } from "./color-name.ts";
import { titleIn } from "./title-in.ts";

interface ItemRowProps {
  readonly item: {
    readonly title: string;
    readonly titles?: Readonly<Record<string, string>>;
    readonly size: string | null;
    readonly color: string | null;
    readonly image_url: string;
    readonly quantity: number;
  };
}

export function ItemRow({ item }: ItemRowProps) {
  const { i18n } = useTranslation();
  return (
    <Group wrap="nowrap" gap="sm" miw={0}>
      <Image src={item.image_url || null} alt="" w={44} h={44} radius="sm" fit="cover" />
      <div style={{ minWidth: 0 }}>
        <Text lineClamp={2} lh={1.25}>
          {titleIn(i18n.language, item)}
        </Text>
        <Text size="xs" c="dimmed">
          {variantName(i18n.language, item)} × {item.quantity}
        </Text>
      </div>
    </Group>
  );
}
