import type { DidCondition, EventFilter, PropertyTest, Test } from "../sentences/conditions.ts";
import { isNever } from "../sentences/say-events.ts";
import { ChannelsForm } from "./forms/choice-forms.tsx";
import { EventForm } from "./forms/event-form.tsx";
import { PropertyForm } from "./forms/name-form.tsx";
import { TestForm } from "./forms/test-form.tsx";
import { PROPERTY_OPS } from "./ops.ts";

interface FilterFormProps {
  readonly filter: EventFilter;
  readonly slot: string;
  /** The whole condition, where it can also say that it did not happen. */
  readonly did?: DidCondition | undefined;
  readonly onChange: (filter: EventFilter & Pick<DidCondition, "count">) => void;
  readonly onDone: () => void;
}

/** The places of an event filter: which event, with which properties, on which channel. */
export function FilterForm({ filter, slot, did, onChange, onDone }: FilterFormProps) {
  const [, place, part] = /^where\.(\d+)\.(\w+)$/.exec(slot) ?? [];
  const index = Number(place);
  const test = place === undefined ? undefined : filter.where?.[index];
  if (filter.where && test) {
    const { where } = filter;
    // The forms keep value and operator together; the api has the last word.
    const write = (changed: { readonly property: string } & Test) =>
      onChange({ ...filter, where: where.with(index, changed as PropertyTest) });
    const { property, ...rest } = test;
    if (part === "property") {
      return (
        <PropertyForm
          event={filter.did}
          name={property}
          onPick={(name) => {
            write({ ...rest, property: name });
            onDone();
          }}
        />
      );
    }
    return (
      <TestForm
        test={rest}
        ops={PROPERTY_OPS}
        of={{ event: filter.did, property }}
        onChange={(changed) => write({ property, ...changed })}
        onDone={onDone}
      />
    );
  }
  if (slot === "channel") {
    return (
      <ChannelsForm
        channels={[filter.channel ?? []].flat()}
        onChange={(channels) => {
          const [first] = channels;
          // None chosen means any, which is what a sentence without channels says.
          const { channel: _channel, ...others } = filter;
          onChange(
            first === undefined
              ? { ...others, channel: undefined }
              : { ...others, channel: channels.length === 1 ? first : [...channels] },
          );
        }}
      />
    );
  }
  return (
    <EventForm
      event={filter.did}
      onPick={(name) => {
        onChange({ ...filter, did: name });
        onDone();
      }}
      polarity={
        did && canBeNegated(did)
          ? {
              isNot: isNever(did),
              onChange: (isNot) => onChange({ ...filter, count: isNot ? { op: "eq", value: 0 } : undefined }),
            }
          : undefined
      }
    />
  );
}

function canBeNegated({ sum, first, last }: DidCondition): boolean {
  return !sum && !first && !last;
}
