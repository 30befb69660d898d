import { ActionIcon, Box, Button, Collapse, Group, Menu, Paper, Stack, Text, UnstyledButton } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconCopy, IconGripVertical, IconPlus, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { EmailBlock } from "../../../server/src/messages/contracts.ts";
import { announce } from "../shell/announce.ts";
import { BlockForm } from "./block-form.tsx";
import classes from "./block-list.module.css";
import {
  addBlock,
  type BlockKind,
  COLUMN_KINDS,
  changeBlock,
  copyBlock,
  dropBlock,
  idsOf,
  KINDS,
  makeBlock,
  moveBlock,
  newBlockId,
  type Place,
} from "./block-ops.ts";
import { summaryOf } from "./block-summary.ts";

interface BlockListProps {
  readonly blocks: readonly EmailBlock[];
  readonly onChange: (blocks: EmailBlock[]) => void;
  /** Kinds that may not be added here: no shared block inside a shared block. */
  readonly without?: readonly BlockKind[];
}

/** The blocks of a mail, in their order: opened to be written, moved by dragging or by keys. */
export function BlockList({ blocks, onChange, without = [] }: BlockListProps) {
  const [open, setOpen] = useState<string | null>(null);
  const { t } = useTranslation();
  const add = (kind: BlockKind, place?: Place) => {
    const block = makeBlock(kind, newBlockId(idsOf(blocks)));
    onChange(addBlock(blocks, block, place));
    setOpen(block.id);
  };
  const actions: Actions = {
    open,
    setOpen,
    add,
    change: (block) => onChange(changeBlock(blocks, block.id, () => block)),
    move: (id, by) => onChange(moveBlock(blocks, id, by)),
    drop: (id, onto) => onChange(dropBlock(blocks, id, onto)),
    copy: (id) => onChange(copyBlock(blocks, id)),
    remove: (id) => {
      onChange(changeBlock(blocks, id, () => null));
      announce(t("composer.removed"), { label: t("composer.undo"), run: () => onChange([...blocks]) });
    },
  };
  return (
    <Stack gap="xs">
      {blocks.length === 0 ? <Text c="dimmed">{t("composer.empty")}</Text> : null}
      <Rows blocks={blocks} actions={actions} />
      <AddMenu kinds={KINDS.filter((kind) => !without.includes(kind))} onAdd={(kind) => add(kind)} />
    </Stack>
  );
}

interface Actions {
  readonly open: string | null;
  readonly setOpen: (id: string | null) => void;
  readonly add: (kind: BlockKind, place?: Place) => void;
  readonly change: (block: EmailBlock) => void;
  readonly move: (id: string, by: number) => void;
  readonly drop: (id: string, onto: string) => void;
  readonly copy: (id: string) => void;
  readonly remove: (id: string) => void;
}

function Rows({ blocks, actions }: { readonly blocks: readonly EmailBlock[]; readonly actions: Actions }) {
  return (
    <Stack gap={6} component="ol" className={classes.list ?? ""}>
      {blocks.map((block, index) => (
        <Row key={block.id} block={block} number={index + 1} isLast={index === blocks.length - 1} actions={actions} />
      ))}
    </Stack>
  );
}

interface RowProps {
  readonly block: EmailBlock;
  readonly number: number;
  readonly isLast: boolean;
  readonly actions: Actions;
}

const DRAGGED = "application/x-kilim-block";

function Row({ block, number, isLast, actions }: RowProps) {
  const { t } = useTranslation();
  const [isOver, setOver] = useState(false);
  const { id } = block;
  const kind = t(`composer.kind.${block.kind}`);
  const isOpen = actions.open === id;
  return (
    <Paper
      component="li"
      p={6}
      className={classes.row ?? ""}
      data-over={isOver || undefined}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes(DRAGGED)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        event.stopPropagation();
        setOver(false);
        actions.drop(event.dataTransfer.getData(DRAGGED), id);
      }}
    >
      <Group gap={4} wrap="nowrap">
        <Box
          draggable
          className={classes.grip ?? ""}
          title={t("composer.drag")}
          aria-hidden
          onDragStart={(event) => {
            event.stopPropagation();
            event.dataTransfer.setData(DRAGGED, id);
            event.dataTransfer.effectAllowed = "move";
          }}
        >
          <IconGripVertical size={16} />
        </Box>
        <UnstyledButton
          flex={1}
          miw={0}
          aria-expanded={isOpen}
          aria-label={t("composer.open", { number, kind })}
          onClick={() => actions.setOpen(isOpen ? null : id)}
          onKeyDown={(event) => {
            if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
            event.preventDefault();
            actions.move(id, event.key === "ArrowUp" ? -1 : 1);
          }}
        >
          <Text size="sm" fw={600} span>
            {kind}
          </Text>
          <Text size="sm" c="dimmed" truncate>
            {summaryOf(block)}
          </Text>
        </UnstyledButton>
        <Tool label={t("composer.up")} icon={IconArrowUp} off={number === 1} run={() => actions.move(id, -1)} />
        <Tool label={t("composer.down")} icon={IconArrowDown} off={isLast} run={() => actions.move(id, 1)} />
        <Tool label={t("composer.copy")} icon={IconCopy} run={() => actions.copy(id)} />
        <Tool label={t("composer.remove")} icon={IconTrash} run={() => actions.remove(id)} />
      </Group>
      <Collapse expanded={isOpen}>
        {isOpen ? (
          <Box p="xs">
            {block.kind === "columns" ? <Columns block={block} actions={actions} /> : null}
            <BlockForm block={block} onChange={actions.change} />
          </Box>
        ) : null}
      </Collapse>
    </Paper>
  );
}

type ColumnsBlock = Extract<EmailBlock, { kind: "columns" }>;

function Columns({ block, actions }: { readonly block: ColumnsBlock; readonly actions: Actions }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<string | null>(null);
  const inner = { ...actions, open, setOpen };
  return (
    <Stack gap="sm" mb="sm">
      {block.columns.map((column, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a column has no name but its place
        <Paper key={index} p="xs" aria-label={`${t("composer.field.columns")} ${index + 1}`} component="section">
          <Stack gap={6}>
            <Rows blocks={column.blocks} actions={inner} />
            <AddMenu kinds={COLUMN_KINDS} onAdd={(kind) => inner.add(kind, { parent: block.id, column: index })} />
          </Stack>
        </Paper>
      ))}
    </Stack>
  );
}

function AddMenu({
  kinds,
  onAdd,
}: {
  readonly kinds: readonly BlockKind[];
  readonly onAdd: (kind: BlockKind) => void;
}) {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button
          variant="default"
          size="sm"
          leftSection={<IconPlus size={16} aria-hidden />}
          style={{ alignSelf: "flex-start" }}
        >
          {t("composer.add")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflowY: "auto" }}>
        {kinds.map((kind) => (
          <Menu.Item key={kind} onClick={() => onAdd(kind)}>
            {t(`composer.kind.${kind}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

interface ToolProps {
  readonly label: string;
  readonly icon: typeof IconCopy;
  readonly run: () => void;
  readonly off?: boolean;
}

function Tool({ label, icon: Icon, run, off = false }: ToolProps) {
  return (
    <ActionIcon variant="subtle" color="gray" aria-label={label} title={label} disabled={off} onClick={run}>
      <Icon size={16} aria-hidden />
    </ActionIcon>
  );
}
