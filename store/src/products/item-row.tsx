import { Group, Image, Text } from "@mantine/core";

interface ItemRowProps {
  readonly item: {
    readonly title: string;
    readonly size: string | null;
    readonly color: string | null;
    readonly image_url: string;
    readonly quantity: number;
  };
}

export function ItemRow({ item }: ItemRowProps) {
  return (
    <Group wrap="nowrap" gap="sm" miw={0}>
      <Image src={item.image_url || null} alt="" w={44} h={44} radius="sm" fit="cover" />
      <div style={{ minWidth: 0 }}>
        <Text lineClamp={2} lh={1.25}>
          {item.title}
        </Text>
        <Text size="xs" c="dimmed">
          {[item.color, item.size].filter(Boolean).join(" · ")} × {item.quantity}
        </Text>
      </div>
    </Group>
  );
}
