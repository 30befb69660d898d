import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { listsQuery, segmentsQuery, vocabularyQuery } from "../queries.ts";
import { DEEPEST_GROUP, findGaps, type Group, insertAt, type Path } from "../segment-tree.ts";
import { type Addition, additionsOf } from "./additions.ts";
import classes from "./builder.module.css";
import { Chip } from "./chip.tsx";
import { ADD, spotKey, useBuilder } from "./context.ts";
import { PickList } from "./pick-list.tsx";

/** Where a group goes on: type what it is about, Enter adds it. */
export function AddCondition({ path, group }: { readonly path: Path; readonly group: Group }) {
  const { t } = useTranslation();
  return (
    <Chip spot={{ path, slot: ADD }} text={`+ ${t("builder.add")}`} label={t("builder.add")} className={classes.add}>
      <Additions path={path} group={group} />
    </Chip>
  );
}

function Additions({ path, group }: { readonly path: Path; readonly group: Group }) {
  const { t } = useTranslation();
  const { root, speaker, change, show, focus } = useBuilder();
  const vocabulary = useQuery(vocabularyQuery);
  const segments = useQuery(segmentsQuery);
  const lists = useQuery(listsQuery);
  const known = { vocabulary: vocabulary.data, segments: segments.data?.items ?? [], lists: lists.data?.items ?? [] };
  const choices = additionsOf(known, speaker, path.length + 1 < DEEPEST_GROUP);
  const add = ({ item, slot }: Addition) => {
    const spot = { path: [...path, group.items.length], slot };
    // What is filled in there next belongs to the same step.
    change(insertAt(root, path, [item]), spotKey(spot));
    const isWhole = !("items" in item) && findGaps({ group: "all", items: [item] }).length === 0;
    show(isWhole ? null : spot);
    if (isWhole) focus(spot);
  };
  return <PickList label={t("builder.add")} choices={choices} onPick={add} />;
}
