import { type KilimEvent, newEvent } from "../../collect/index.ts";
import { VirtualClock } from "../../platform/clock.ts";
import { type Graph, graph as graphSchema } from "../contracts.ts";
import type { Imagination } from "../deps.ts";
import { secondsOf } from "../graph/shapes.ts";
import type { Kinds } from "../nodes/kinds.ts";
import { MADE_UP, madeUpWorld } from "../rehearsal/made-up-world.ts";
import { type Rehearsed, rehearse } from "../rehearsal/rehearse.ts";
import type { World } from "../rehearsal/world.ts";
import type { JourneyFile, Scenario } from "./file-shape.ts";
import { withPlaceholders } from "./references.ts";

const LONGEST = { hours: 24 * 400 };

export interface ScenarioRun {
  readonly name: string;
  /** What did not come as expected; empty when all did. */
  readonly problems: readonly string[];
  readonly rehearsed: Rehearsed;
}

/** Takes the person of a scenario through a journey's file and compares what happens with what is expected. */
export async function runScenario(
  imagination: Imagination,
  kinds: Kinds,
  file: JourneyFile,
  scenario: Scenario,
  timeZone = "Europe/Istanbul",
): Promise<ScenarioRun> {
  const { graph, referenceOf } = withPlaceholders(file.graph);
  const world = translated(madeUpWorld(imagination, file), referenceOf);
  const starts = Temporal.Instant.from(scenario.starts);
  for (const event of before(scenario, starts)) await world.take(event);
  const rehearsed = await rehearse({
    graph: graphSchema.parse(graph) as Graph,
    kinds,
    world,
    starts,
    events: scenario.given
      .map((given, at) => happening(given, at, starts))
      .sort((a, b) => Date.parse(a.timestamp) - Date.parse(b.timestamp)),
    entersAtStart: scenario.enters,
    timeZone,
    ...(scenario.answers ? { answers: scenario.answers } : {}),
    until: starts.add(LONGEST),
  });
  return { name: scenario.name, rehearsed, problems: compare(scenario, rehearsed, starts) };
}

/** The world knows templates and segments by their keys, the graph by placeholders. */
function translated(world: World, referenceOf: (id: string) => string): World {
  return {
    ...world,
    inSegment: (id, now) => world.inSegment(referenceOf(id), now),
    segmentName: (id) => world.segmentName(referenceOf(id)),
    async channelsOf(ids) {
      const found = await world.channelsOf(ids.map(referenceOf));
      const back = new Map(ids.map((id) => [referenceOf(id), id]));
      return new Map([...found].map(([channel, reference]) => [channel, back.get(reference) ?? reference]));
    },
    render: (id, data) => world.render(referenceOf(id), data),
  };
}

/** Who the person is, told a day before. */
function before({ traits, consent }: Scenario, starts: Temporal.Instant): KilimEvent[] {
  const clock = new VirtualClock(starts.subtract({ hours: 24 }));
  const of = { source: "scenario", profileId: MADE_UP };
  return [
    newEvent(clock, { ...of, messageId: "traits", type: "identify", name: "Identify", traits }),
    ...consent.map((channel) =>
      newEvent(clock, {
        ...of,
        messageId: `consent-${channel}`,
        name: "Consent Changed",
        properties: { channel, purpose: "marketing", state: "granted", source: "scenario" },
      }),
    ),
  ];
}

function happening(given: Scenario["given"][number], at: number, starts: Temporal.Instant): KilimEvent {
  const clock = new VirtualClock(starts.add({ seconds: given.after === "PT0S" ? 0 : secondsOf(given.after) }));
  return newEvent(clock, {
    messageId: `given-${at}`,
    source: "scenario",
    profileId: MADE_UP,
    type: given.event === undefined ? "identify" : "track",
    name: given.event ?? "Identify",
    channel: given.channel ?? "web",
    properties: given.properties,
    traits: given.traits ?? {},
  });
}

function compare({ expect }: Scenario, rehearsed: Rehearsed, starts: Temporal.Instant): string[] {
  const problems: string[] = [];
  const wanted = expect.filter(({ message }) => message !== undefined);
  const came = rehearsed.messages.filter(({ withheld }) => withheld === null);
  for (const [at, want] of wanted.entries()) problems.push(...differences(want, at + 1, came[at], starts));
  for (const message of came.slice(wanted.length))
    problems.push(`"${message.template}" was sent at ${message.at} and not expected`);
  const ends = expect.find((one) => one.ends !== undefined)?.ends;
  const ended = rehearsed.run ? (rehearsed.run.exitReason ?? "waiting") : "never";
  if (ends !== undefined && ended !== ends) problems.push(`it ended as "${ended}", not as "${ends}"`);
  return problems;
}

function differences(
  want: Scenario["expect"][number],
  number: number,
  message: Rehearsed["messages"][number] | undefined,
  starts: Temporal.Instant,
): string[] {
  const told = `message ${number}`;
  if (!message) return [`${told}, "${want.message}", was not sent`];
  const problems = [...message.errors.map((error) => `${told}: ${error}`)];
  if (message.template !== want.message) problems.push(`${told} is "${message.template}", not "${want.message}"`);
  const late = (Date.parse(message.at) - starts.epochMilliseconds) / 1000;
  const due = want.after === undefined ? late : want.after === "PT0S" ? 0 : secondsOf(want.after);
  if (late !== due) problems.push(`${told} came after ${late} s, not after ${want.after}`);
  if (want.language !== undefined && message.language !== want.language)
    problems.push(`${told} is in "${message.language}", not in "${want.language}"`);
  if (want.subject !== undefined && message.subject !== want.subject)
    problems.push(`${told} says "${message.subject}", not "${want.subject}"`);
  if (want.contains !== undefined && !message.text.includes(want.contains))
    problems.push(`${told} does not say "${want.contains}"`);
  return problems;
}
