import { Box, CloseButton, Group as Row, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { isGroup, itemAt, type Leaf, type Path, removeAt, replaceAt } from "../segment-tree.ts";
import { textOf } from "../sentences/phrase.ts";
import { sayLeaf } from "../sentences/say-leaf.ts";
import { formatNumber } from "../sentences/say-values.ts";
import classes from "./builder.module.css";
import { Chip } from "./chip.tsx";
import { ADD, type Remark, spotKey, useBuilder } from "./context.ts";
import { MoreMenu } from "./more-menu.tsx";
import { SlotForm } from "./slot-form.tsx";

interface SentenceViewProps {
  readonly leaf: Leaf;
  readonly path: Path;
  /** "and", "or" between this sentence and the one before. */
  readonly word: string | null;
}

/** One condition as a sentence, each of whose places can be opened. */
export function SentenceView({ leaf, path, word }: SentenceViewProps) {
  const { t } = useTranslation();
  const { root, speaker, remarks, change, show, focus } = useBuilder();
  const phrase = sayLeaf(leaf, speaker);
  const here = remarks.filter((remark) => remark.path.join() === path.join());
  return (
    <>
      <Box className={classes.row ?? ""} data-row role="group" aria-label={textOf(phrase)}>
        <span className={classes.word}>{word}</span>
        <div className={classes.sentence}>
          {phrase.map(({ text, slot, isGap }, index) => {
            // biome-ignore lint/suspicious/noArrayIndexKey: words between places have no other identity
            if (slot === undefined) return <span key={index}>{text}</span>;
            const spot = { path, slot };
            return (
              <Chip
                key={slot}
                spot={spot}
                text={text}
                label={text}
                isGap={isGap}
                isWrong={here.some((remark) => remark.isError && lies(remark, slot))}
              >
                <SlotForm
                  leaf={leaf}
                  slot={slot}
                  onChange={(next) =>
                    change(
                      replaceAt(root, path, () => next),
                      spotKey(spot),
                    )
                  }
                  onDone={() => {
                    show(null);
                    focus(spot);
                  }}
                />
              </Chip>
            );
          })}{" "}
          <MoreMenu path={path} leaf={leaf} />
        </div>
        <CloseButton
          className={classes.tools}
          size="md"
          aria-label={t("builder.remove")}
          onClick={() => {
            change(removeAt(root, path));
            focus({ path: path.slice(0, -1), slot: ADD });
          }}
        />
      </Box>
      <Remarks remarks={here} />
    </>
  );
}

/** The place that an error's path means: `where.0.value` lies in `where.0.value`, `within` in `within`. */
function lies({ slot }: Remark, place: string): boolean {
  return slot === place || slot.startsWith(`${place}.`) || place.startsWith(`${slot}.`);
}

export function Remarks({ remarks }: { readonly remarks: readonly Remark[] }) {
  return remarks.map((remark) => (
    <Row key={remark.slot + nameOf(remark)} gap={6} pl="sm" role={remark.isError ? "alert" : "status"}>
      <Text size="sm" c={remark.isError ? "kilim" : "var(--kilim-warning)"}>
        <RemarkText remark={remark} />
      </Text>
    </Row>
  ));
}

function nameOf(remark: Remark): string {
  return remark.isError ? remark.message : `${remark.code} ${remark.other?.join(".") ?? ""}`;
}

function RemarkText({ remark }: { readonly remark: Remark }) {
  const { t } = useTranslation();
  const { root, speaker } = useBuilder();
  if (remark.isError) {
    const key = `builder.problem.${remark.code}`;
    const limit = remark.limit === undefined ? "" : formatNumber(remark.limit, speaker);
    return t("builder.refused", { reason: speaker.has(key) ? speaker.say(key, { limit }) : remark.message });
  }
  const other = remark.other && itemAt(root, remark.other);
  const sentence = other && !isGroup(other) ? textOf(sayLeaf(other, speaker)) : "";
  return t(`builder.warning.${remark.code}`, { other: sentence, known: remark.known ?? "" });
}
