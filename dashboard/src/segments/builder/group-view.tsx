import { Box, CloseButton, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { GROUP_KINDS, type Group, isGroup, type Path, removeAt, replaceAt } from "../segment-tree.ts";
import { AddCondition } from "./add-condition.tsx";
import classes from "./builder.module.css";
import { Chip } from "./chip.tsx";
import { ADD, HEAD, useBuilder } from "./context.ts";
import { PickList } from "./pick-list.tsx";
import { Remarks, SentenceView } from "./sentence-view.tsx";

interface GroupViewProps {
  readonly group: Group;
  readonly path: Path;
  readonly word?: string | null;
}

/** "All of these are true:" and the sentences under it, groups within groups. */
export function GroupView({ group, path, word = null }: GroupViewProps) {
  const { t } = useTranslation();
  const { root, remarks, change, show, focus } = useBuilder();
  const head = { path, slot: HEAD };
  const between = t(group.group === "all" ? "sentence.and" : "sentence.or");
  const text = t(`builder.${path.length === 0 ? "group" : "inner"}.${group.group}`);
  return (
    <Box className={classes.group ?? ""} role="group" aria-label={text}>
      <div className={classes.row} data-row>
        {word === null ? null : <span className={classes.word}>{word}</span>}
        <div className={classes.sentence}>
          <Chip spot={head} text={text} label={text}>
            <PickList
              label={t("builder.group.label")}
              choices={GROUP_KINDS.map((key) => ({ key, label: t(`builder.group.${key}`) }))}
              chosen={group.group}
              onPick={({ key }) => {
                const kind = GROUP_KINDS.find((one) => one === key) ?? "all";
                change(replaceAt(root, path, (item) => (isGroup(item) ? { ...item, group: kind } : item)));
                show(null);
                focus(head);
              }}
            />
          </Chip>
        </div>
        {path.length > 0 ? (
          <CloseButton
            className={classes.tools}
            size="md"
            aria-label={t("builder.removeGroup")}
            onClick={() => {
              change(removeAt(root, path));
              focus({ path: path.slice(0, -1), slot: ADD });
            }}
          />
        ) : null}
      </div>
      <Remarks remarks={remarks.filter((remark) => remark.path.join() === path.join())} />
      <Stack gap={2}>
        {group.items.map((item, index) => {
          const here = [...path, index];
          const joined = index === 0 ? null : between;
          return isGroup(item) ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: the path is the identity of a sentence
            <GroupView key={index} group={item} path={here} word={joined} />
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: the path is the identity of a sentence
            <SentenceView key={index} leaf={item} path={here} word={joined} />
          );
        })}
      </Stack>
      <div className={classes.row} data-row>
        <AddCondition path={path} group={group} />
      </div>
    </Box>
  );
}
