import { ActionIcon, Box, Button, Menu, Paper, Group as Row, Select, Stack, Text } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import classes from "./group-editor.module.css";
import { LeafEditor } from "./leaf-editor.tsx";
import { blankLeaf, kindOf, LEAF_KINDS } from "./leaf-kinds.ts";
import { addTo, GROUP_KINDS, type Group, isGroup, type Path, removeAt, replaceAt } from "./segment-tree.ts";

interface GroupEditorProps {
  readonly root: Group;
  readonly onChange: (root: Group) => void;
  readonly group: Group;
  readonly path?: Path;
}

/** "All of these are true:" and the sentences under it, groups within groups. */
export function GroupEditor({ root, onChange, group, path = [] }: GroupEditorProps) {
  const { t } = useTranslation();
  return (
    <Paper p="sm" className={classes.group ?? ""} role="group" aria-label={t(`builder.group.${group.group}`)}>
      <Stack gap="xs">
        <Row justify="space-between" wrap="nowrap">
          <Select
            size="xs"
            w={230}
            allowDeselect={false}
            aria-label={t("builder.group.label")}
            data={GROUP_KINDS.map((kind) => ({ value: kind, label: t(`builder.group.${kind}`) }))}
            value={group.group}
            onChange={(value) => {
              const kind = GROUP_KINDS.find((one) => one === value) ?? "all";
              onChange(replaceAt(root, path, (item) => (isGroup(item) ? { ...item, group: kind } : item)));
            }}
          />
          {path.length > 0 ? <RemoveButton onClick={() => onChange(removeAt(root, path))} /> : null}
        </Row>
        {group.items.map((item, index) => {
          const here = [...path, index];
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the path is the identity of a sentence
            <Box key={index} pl={{ base: 0, xs: "sm" }} className={classes.item ?? ""}>
              {index > 0 ? (
                <Text size="xs" c="dimmed" mb={4}>
                  {t(group.group === "all" ? "sentence.and" : "sentence.or")}
                </Text>
              ) : null}
              {isGroup(item) ? (
                <GroupEditor root={root} onChange={onChange} group={item} path={here} />
              ) : (
                <Row justify="space-between" wrap="nowrap" align="flex-start" gap="xs">
                  <Row gap={6} align="flex-start" wrap="wrap">
                    <Text size="xs" fw={600} pt={7} className={classes.kind ?? ""}>
                      {t(`builder.kind.${kindOf(item) ?? "other"}`)}
                    </Text>
                    <LeafEditor leaf={item} onChange={(leaf) => onChange(replaceAt(root, here, () => leaf))} />
                  </Row>
                  <RemoveButton onClick={() => onChange(removeAt(root, here))} />
                </Row>
              )}
            </Box>
          );
        })}
        <Row gap="xs">
          <Menu position="bottom-start">
            <Menu.Target>
              <Button variant="light" size="compact-sm" leftSection={<IconPlus size={14} aria-hidden />}>
                {t("builder.add")}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {LEAF_KINDS.map((kind) => (
                <Menu.Item key={kind} onClick={() => onChange(addTo(root, path, blankLeaf(kind)))}>
                  {t(`builder.addKind.${kind}`)}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
          {path.length < 4 ? (
            <Button
              variant="subtle"
              color="gray"
              size="compact-sm"
              onClick={() => onChange(addTo(root, path, { group: "any", items: [blankLeaf("did")] }))}
            >
              {t("builder.addGroup")}
            </Button>
          ) : null}
        </Row>
      </Stack>
    </Paper>
  );
}

function RemoveButton({ onClick }: { readonly onClick: () => void }) {
  const { t } = useTranslation();
  return (
    <ActionIcon variant="subtle" color="gray" aria-label={t("builder.remove")} onClick={onClick}>
      <IconTrash size={16} />
    </ActionIcon>
  );
}
