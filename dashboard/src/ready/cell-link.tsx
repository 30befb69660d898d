import { Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { toDraft } from "../segments/draft.ts";
import type { GroupName } from "./queries.ts";
import classes from "./rfm-page.module.css";

interface CellLinkProps {
  readonly recency: number;
  readonly frequency: number;
  readonly group: GroupName;
  readonly children: string;
}

/** What stands in a cell, and the way to a segment of exactly these people. */
export function CellLink({ recency, frequency, group, children }: CellLinkProps) {
  const { t } = useTranslation();
  const groupName = t(`ready.template.${group}.name`);
  const name = t("rfm.cellName", { group: groupName, recency, frequency });
  return (
    <Link
      to="/segments/new"
      search={toDraft(name, { rfm: { recency: [recency], frequency: [frequency] } })}
      className={classes.link}
      aria-label={`${name}: ${children}`}
    >
      <Text span fw={650} size="sm" style={{ whiteSpace: "pre-line" }}>
        {children}
      </Text>
      <span className={classes.name}>{groupName}</span>
    </Link>
  );
}
