import { useTranslation } from "react-i18next";

import { useLabel } from "../../i18n/label.ts";
import { JsonView } from "../../parts/json-view.tsx";
import {
  type DidCondition,
  type EventFilter,
  JOURNEY_STATES,
  type Leaf,
  REACTIONS,
  tell,
  type When,
} from "../sentences/conditions.ts";
import { decimalsOf } from "../sentences/say-values.ts";
import { useBuilder } from "./context.ts";
import { FilterForm } from "./filter-form.tsx";
import { NamedForm, RfmForm, WordForm } from "./forms/choice-forms.tsx";
import { EventsForm } from "./forms/event-form.tsx";
import { ExperimentForm } from "./forms/experiment-form.tsx";
import { ComputedForm, PropertyForm, TraitForm } from "./forms/name-form.tsx";
import { DurationForm, EdgeForm, NumbersForm, NumberTestForm, TextForm } from "./forms/number-forms.tsx";
import { TestForm } from "./forms/test-form.tsx";
import { WhenForm } from "./forms/when-form.tsx";
import { PERSON_OPS } from "./ops.ts";

export interface SlotFormProps<T extends Leaf = Leaf> {
  readonly leaf: T;
  readonly slot: string;
  readonly onChange: (leaf: Leaf) => void;
  readonly onDone: () => void;
}

const CONSENT_CHANNELS = ["email", "sms", "whatsapp", "push", "phone", "mail"] as const;
const CONSENT_STATES = ["granted", "denied", "unknown"] as const;

/** The form of one place of a sentence. */
export function SlotForm({ leaf, slot, onChange, onDone }: SlotFormProps) {
  const { t } = useTranslation();
  const label = useLabel();
  const { speaker } = useBuilder();
  const told = tell(leaf);
  /** Most choices are made with one key: what was picked stands there, and the form is gone. */
  const pick = (changed: Leaf) => {
    onChange(changed);
    onDone();
  };
  if (!told) return <JsonView value={leaf} />;
  const own = { slot, onChange, onDone };
  switch (told.kind) {
    case "did":
      return <DidSlot leaf={told.leaf} {...own} />;
    case "not_followed_by": {
      const { leaf: one } = told;
      if (slot === "not_followed_by")
        return (
          <EventsForm
            events={one.not_followed_by}
            onChange={(events) => onChange({ ...one, not_followed_by: events })}
          />
        );
      if (slot === "for")
        return <DurationForm value={one.for} onChange={(value) => onChange({ ...one, for: value })} onDone={onDone} />;
      return (
        <FilterForm filter={one} slot={slot} onChange={(filter) => onChange({ ...one, ...filter })} onDone={onDone} />
      );
    }
    case "sequence":
      return <SequenceSlot leaf={told.leaf} {...own} />;
    case "trait": {
      const { trait, ...test } = told.leaf;
      if (slot === "trait") return <TraitForm name={trait} onPick={(name) => pick({ ...test, trait: name })} />;
      return (
        <TestForm
          test={test}
          ops={PERSON_OPS}
          of={{ trait }}
          onChange={(changed) => onChange({ trait, ...changed })}
          onDone={onDone}
        />
      );
    }
    case "computed": {
      const { computed, ...test } = told.leaf;
      if (slot === "computed")
        return <ComputedForm name={computed} onPick={(name) => pick({ ...test, computed: name })} />;
      return (
        <TestForm
          test={test}
          ops={PERSON_OPS}
          of={{ computed }}
          decimals={decimalsOf(computed, speaker)}
          onChange={(changed) => onChange({ computed, ...changed })}
          onDone={onDone}
        />
      );
    }
    case "near":
      return <NearSlot leaf={told.leaf} {...own} />;
    case "consent": {
      const { leaf: one } = told;
      if (slot === "consent")
        return (
          <WordForm
            label={t("builder.channel")}
            words={CONSENT_CHANNELS}
            say={(word) => label("channel", word)}
            chosen={one.consent}
            onPick={(consent) => pick({ ...one, consent })}
          />
        );
      if (slot === "purpose")
        return (
          <TextForm
            label={t("builder.purpose")}
            value={one.purpose ?? ""}
            onChange={(purpose) => onChange({ ...one, purpose })}
            onDone={onDone}
          />
        );
      return (
        <WordForm
          label={t("builder.state")}
          words={CONSENT_STATES}
          say={(word) => speaker.say(`consentState.${word}`)}
          chosen={one.state}
          onPick={(state) => pick({ ...one, state })}
        />
      );
    }
    case "in_segment":
      return <NamedForm kind="segment" chosen={told.leaf.in_segment} onPick={(id) => pick({ in_segment: id })} />;
    case "in_list":
      return <NamedForm kind="list" chosen={told.leaf.in_list} onPick={(id) => pick({ in_list: id })} />;
    case "message":
      return <MessageSlot leaf={told.leaf} {...own} />;
    case "in_journey": {
      const { leaf: one } = told;
      if (slot === "in_journey")
        return <NamedForm kind="journey" chosen={one.in_journey} onPick={(id) => pick({ ...one, in_journey: id })} />;
      return (
        <WordForm
          label={t("builder.state")}
          words={JOURNEY_STATES}
          say={(word) => speaker.say(`journeyState.${word}`)}
          chosen={one.state}
          onPick={(state) => pick({ ...one, state })}
        />
      );
    }
    case "in_experiment":
      return <ExperimentForm leaf={told.leaf} slot={slot} onPick={pick} />;
    case "random": {
      const { random } = told.leaf;
      if (slot === "random.seed")
        return (
          <TextForm
            label={t("builder.seed")}
            value={random.seed}
            onChange={(seed) => onChange({ random: { ...random, seed } })}
            onDone={onDone}
          />
        );
      return (
        <NumbersForm
          onDone={onDone}
          fields={[
            {
              label: t("builder.percent"),
              value: random.percent,
              suffix: " %",
              onChange: (percent) => onChange({ random: { ...random, percent } }),
            },
          ]}
        />
      );
    }
    case "rfm":
      return <RfmForm rfm={told.leaf.rfm} onChange={(rfm) => onChange({ rfm })} onDone={onDone} />;
  }
}

type LeafOf<K> = Extract<ReturnType<typeof tell>, { kind: K }>["leaf"];

function DidSlot({ leaf, slot, onChange, onDone }: SlotFormProps<LeafOf<"did">>) {
  const { count, sum, first, last } = leaf;
  if ((slot === "within" || slot === "during") && !first && !last) {
    return <WhenForm when={leaf} hasCalendar onChange={(when) => onChange(withWhen(leaf, when))} onDone={onDone} />;
  }
  if (slot === "count" && count)
    return (
      <NumberTestForm isTimes test={count} onChange={(test) => onChange({ ...leaf, count: test })} onDone={onDone} />
    );
  if (slot === "sum.property" && sum) {
    return (
      <PropertyForm
        event={leaf.did}
        name={sum.property}
        onlyNumbers
        onPick={(property) => {
          onChange({ ...leaf, sum: { ...sum, property } });
          onDone();
        }}
      />
    );
  }
  if (slot === "sum.value" && sum)
    return (
      <NumberTestForm
        isTimes={false}
        test={sum}
        onChange={(test) => onChange({ ...leaf, sum: { ...sum, ...test } })}
        onDone={onDone}
      />
    );
  const edge = slot === "last.value" ? "last" : slot === "first.value" ? "first" : null;
  const test = edge && leaf[edge];
  if (edge && test)
    return <EdgeForm test={test} onChange={(changed) => onChange({ ...leaf, [edge]: changed })} onDone={onDone} />;
  return (
    <FilterForm
      filter={leaf}
      slot={slot}
      did={leaf}
      onChange={(filter) => onChange({ ...leaf, ...filter })}
      onDone={onDone}
    />
  );
}

/** The same leaf with another time; what said the old one goes. */
function withWhen(leaf: DidCondition, when: When): DidCondition {
  const { within: _within, during: _during, zone, ...rest } = leaf;
  return { ...rest, ...when, ...(zone === undefined || when.during === undefined ? {} : { zone }) };
}

function SequenceSlot({ leaf, slot, onChange, onDone }: SlotFormProps<LeafOf<"sequence">>) {
  const [, place = "0", rest = ""] = /^sequence\.(\d+)\.(.*)$/.exec(slot) ?? [];
  const index = Number(place);
  const step = leaf.sequence[index];
  if (slot === "within" || !step)
    return <DurationForm value={leaf.within} onChange={(within) => onChange({ ...leaf, within })} onDone={onDone} />;
  const write = (changed: EventFilter) =>
    onChange({ ...leaf, sequence: leaf.sequence.with(index, { ...step, ...changed }) });
  if (rest === "without")
    return (
      <EventsForm
        events={step.without ?? []}
        onChange={(without) => onChange({ ...leaf, sequence: leaf.sequence.with(index, { ...step, without }) })}
      />
    );
  return <FilterForm filter={step} slot={rest} onChange={write} onDone={onDone} />;
}

function NearSlot({ leaf: { near }, slot, onChange, onDone }: SlotFormProps<LeafOf<"near">>) {
  const { t } = useTranslation();
  const km = {
    label: t("builder.distance"),
    value: near.km,
    suffix: " km",
    onChange: (value: number) => onChange({ near: { ...near, km: value } }),
  };
  if (slot === "near.km") return <NumbersForm onDone={onDone} fields={[km]} />;
  if ("store" in near)
    return (
      <NamedForm
        kind="store"
        chosen={near.store}
        onPick={(store) => {
          onChange({ near: { store, km: near.km } });
          onDone();
        }}
      />
    );
  const side = (key: "lat" | "lon") => ({
    label: t(`builder.${key}`),
    value: near[key],
    onChange: (value: number) => onChange({ near: { ...near, [key]: value } }),
  });
  return <NumbersForm onDone={onDone} fields={[side("lat"), side("lon")]} />;
}

const MESSAGE_CHANNELS = ["email", "sms", "whatsapp", "push", "onsite", "letter", "call", "social"] as const;

function MessageSlot({ leaf, slot, onChange, onDone }: SlotFormProps<LeafOf<"message">>) {
  const { t } = useTranslation();
  const label = useLabel();
  const { speaker } = useBuilder();
  const pick = (changed: Leaf) => {
    onChange(changed);
    onDone();
  };
  if (slot === "within")
    return (
      <WhenForm
        when={leaf}
        hasCalendar={false}
        onChange={({ within }) => onChange({ ...leaf, within })}
        onDone={onDone}
      />
    );
  if (slot === "count" && leaf.count)
    return (
      <NumberTestForm isTimes test={leaf.count} onChange={(count) => onChange({ ...leaf, count })} onDone={onDone} />
    );
  if (slot === "channel")
    return (
      <WordForm
        label={t("builder.channel")}
        words={MESSAGE_CHANNELS}
        say={(word) => label("channel", word)}
        chosen={leaf.channel ?? ""}
        onPick={(channel) => pick({ ...leaf, channel })}
      />
    );
  if (slot === "template") {
    const { template, ...any } = leaf;
    return (
      <NamedForm
        kind="template"
        chosen={template}
        any={{ label: speaker.say("word.anyMessage"), onPick: () => pick(any) }}
        onPick={(id) => pick({ ...leaf, template: id })}
      />
    );
  }
  return (
    <WordForm
      label={t("builder.reaction")}
      words={REACTIONS}
      say={(word) => speaker.say(`reaction.${word}.did`)}
      chosen={leaf.message}
      onPick={(message) => pick({ ...leaf, message })}
    />
  );
}
