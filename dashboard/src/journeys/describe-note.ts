import { useTranslation } from "react-i18next";

import type { ChannelReason, Note, OwnNote } from "../../../server/src/journeys/contracts.ts";
import { useFormat } from "../i18n/format.ts";
import { humanise, useLabel } from "../i18n/label.ts";
import { useNames } from "./use-names.ts";

type Came = Extract<OwnNote, { code: "entered" }>["came"];
type Taken = Extract<OwnNote, { code: "took_case" }>;

/** What happened at a step and why, in words. */
export function useDescribeNote(): (note: Note) => string {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  const { journey } = useNames();
  const event = (name: string) => label("event", name);

  const came = (by: Came) => {
    switch (by.by) {
      case "event":
        return t("runCame.event", { event: event(by.event) });
      case "segment":
      case "left_segment":
        return t(`runCame.${by.by}`, { segment: by.segment });
      case "schedule":
        return t("runCame.schedule", { at: format.moment(by.at) });
      case "date":
        return t("runCame.date", { trait: humanise(by.trait), day: by.day });
      case "journey":
        return t("runCame.journey", { journey: journey(by.journey_id) });
      default:
        return t(`runCame.${by.by}`);
    }
  };
  const taken = ({ number, name, carried, reacted }: Taken) => {
    const which = name ? t("runWay.named", { name }) : t("runWay.case", { number });
    const why = carried
      ? `${carried.path} ${t(`node.op.${carried.op}`)} ${carried.value ?? ""}`.trim()
      : reacted && t(`runWay.reacted.${reacted}`);
    return t("runNote.took_case", { which: why ? t("runWay.because", { which, why }) : which });
  };
  const channelReason = (why: ChannelReason) => {
    if (why.by !== "learnt") return t(`runChannel.${why.by}`);
    return [
      ...(why.is_trial ? [t("runChannel.trial")] : []),
      ...(why.is_wished ? [t("runChannel.wished")] : []),
      ...(why.expected === undefined ? [] : [t("runChannel.expected", { share: format.percent(why.expected) })]),
      ...why.counts.map(({ channel, ...counts }) =>
        t(counts.bought > 0 ? "runChannel.countsBought" : "runChannel.counts", {
          channel: label("channel", channel),
          ...counts,
        }),
      ),
    ].join("; ");
  };

  return (note) => {
    if (!isOwn(note)) return humanise(note.code.slice(note.code.indexOf(".") + 1));
    switch (note.code) {
      case "text":
        return note.text;
      case "entered":
        return came(note.came);
      case "ended":
        return t("runNote.ended", { reason: label("exit_reason", note.reason) });
      case "waits":
        return t("runNote.waits", { duration: format.duration(note.duration) });
      case "too_late":
      case "message_too_late":
        return t(`runNote.${note.code}`, { limit: format.duration(note.limit) });
      case "waits_until":
      case "waits_for_best_hour":
        return t(`runNote.${note.code}`, { at: format.local(note.at), zone: note.zone });
      case "waits_for_event":
        return t("runNote.waits_for_event", { event: event(note.event), duration: format.duration(note.at_most) });
      case "waits_for_segment":
        return t("runNote.waits_for_segment", { duration: format.duration(note.at_most) });
      case "event_came":
      case "event_not_in_time":
        return t(`runNote.${note.code}`, { event: event(note.event) });
      case "event_happened":
        return t("runNote.event_happened", { event: event(note.event), channel: label("channel", note.channel) });
      case "entered_segment":
      case "left_segment":
        return t(`runNote.${note.code}`, { segment: note.segment });
      case "took_case":
        return taken(note);
      case "by_chance":
        return t("runNote.by_chance", {
          which: note.name ? t("runWay.named", { name: note.name }) : t("runWay.way", { number: note.number }),
        });
      case "variant":
      case "winner":
        return t(`runNote.${note.code}`, { name: note.name });
      case "message_queued_by_best":
        return t("runNote.message_queued_by_best", {
          channel: label("channel", note.channel),
          why: channelReason(note.why),
        });
      case "webhook_answered":
      case "webhook_refused":
        return t(`runNote.${note.code}`, { status: note.status });
      case "set_traits":
        return t("runNote.set_traits", { traits: note.traits.map(humanise).join(", ") });
      case "sent_on":
        return t("runNote.sent_on", { journey: journey(note.journey_id) });
      default:
        return t(`runNote.${note.code}`);
    }
  };
}

/** Codes of other rooms' steps carry their room's name. */
function isOwn(note: Note): note is OwnNote {
  return !note.code.includes(".");
}
