import { useTranslation } from "react-i18next";

import { DEEPEST_GROUP, type Group, insertAt, type Leaf, type Path, removeAt, replaceAt } from "../segment-tree.ts";
import { type Change, detailsOf, earlierDetailsOf } from "../sentences/edit-leaf.ts";
import { sayDeed } from "../sentences/say-events.ts";
import { Chip } from "./chip.tsx";
import { copyText } from "./clipboard.ts";
import { ADD, HEAD, MORE, type Spot, spotKey, useBuilder } from "./context.ts";
import { type Choice, PickList } from "./pick-list.tsx";

interface MoreMenuProps {
  readonly path: Path;
  readonly leaf: Leaf;
}

/** What else a sentence could say, and what can be done with it as a whole. */
export function MoreMenu(props: MoreMenuProps) {
  const { t } = useTranslation();
  return (
    <Chip spot={{ path: props.path, slot: MORE }} text="…" label={t("builder.more")}>
      <Choices {...props} />
    </Chip>
  );
}

interface Deed extends Choice {
  readonly run: () => void;
}

function Choices({ path, leaf }: MoreMenuProps) {
  const { t } = useTranslation();
  const { root, speaker, change, show, focus } = useBuilder();
  const parent = path.slice(0, -1);
  const next = (path.at(-1) ?? 0) + 1;
  const say = ({ leaf: said, slot }: Change) => {
    const place = { path, slot };
    // What is filled in there next belongs to the same step.
    change(
      replaceAt(root, path, () => said),
      spotKey(place),
    );
    // Which event it is stands there already.
    const isFilled = slot === "did" || slot === "message";
    show(isFilled ? null : place);
    if (isFilled) focus(place);
  };
  const write = (changed: Group, place: Spot) => {
    change(changed);
    show(null);
    focus(place);
  };
  const family = t("builder.family.sentence");
  const whole: readonly Deed[] = [
    {
      key: "duplicate",
      label: t("builder.duplicate"),
      family,
      run: () => write(insertAt(root, parent, [leaf], next), { path: [...parent, next], slot: MORE }),
    },
    {
      key: "copy",
      label: t("builder.copyJson"),
      family,
      run: () => {
        copyText(leaf);
        write(root, { path, slot: MORE });
      },
    },
    ...(path.length < DEEPEST_GROUP
      ? [
          {
            key: "wrap",
            label: t("builder.wrap"),
            family,
            run: () =>
              write(
                replaceAt(root, path, (item) => ({ group: "any", items: [item] })),
                { path, slot: HEAD },
              ),
          },
        ]
      : []),
    {
      key: "remove",
      label: t("builder.remove"),
      family,
      run: () => write(removeAt(root, path), { path: parent, slot: ADD }),
    },
  ];
  const details = [...detailsOf(leaf)].map(([detail, said]) => ({
    key: detail,
    label: t(`builder.detail.${detail}`),
    family: t("builder.family.say"),
    run: () => say(said),
  }));
  const earlier = earlierDetailsOf(leaf).map(({ detail, did, ...said }) => ({
    key: said.slot,
    label: t(`builder.detail.${detail}`),
    family: did === "" ? t("builder.family.say") : sayDeed(did, speaker),
    run: () => say(said),
  }));
  return (
    <PickList<Deed>
      label={t("builder.more")}
      choices={[...details, ...earlier, ...whole]}
      onPick={({ run }) => run()}
    />
  );
}
