import type { TemplateBody } from "../../messages/contracts.ts";
import { AppError } from "../../platform/errors.ts";
import { cartJourney } from "./cart-journey.ts";
import { cartLetter } from "./cart-letter.ts";
import { cartSegment, type DemoSegment, demoSegments } from "./segments.ts";

/** The doors of segments, messages and journeys that the demo goes through. */
export interface EngagementDoors {
  createSegment(segment: DemoSegment): Promise<string>;
  createTemplate(template: TemplateBody): Promise<{ readonly id: string }>;
  createJourney(journey: ReturnType<typeof cartJourney>): Promise<{ readonly id: string }>;
  publishJourney(id: string): Promise<unknown>;
}

/**
 * Makes the demo's segments, letter and journey, each once: `made` names what an earlier start has made. A start that
 * dies between making the journey and noting it leaves a draft behind, never a second live one.
 */
export async function makeEngagement(
  doors: EngagementDoors,
  made: Readonly<Record<string, string>>,
  note: (name: string, id: string) => Promise<void>,
): Promise<void> {
  for (const segment of demoSegments) await makeSegment(doors, segment);
  const once = async (name: string, make: () => Promise<{ readonly id: string }>): Promise<string> => {
    const known = made[name];
    if (known !== undefined) return known;
    const { id } = await make();
    await note(name, id);
    return id;
  };
  const templateId = await once("cart-letter", () => doors.createTemplate(cartLetter));
  const journeyId = await once("cart-journey", () => doors.createJourney(cartJourney(cartSegment.id, templateId)));
  if (made["cart-journey-published"] === undefined) {
    await doors.publishJourney(journeyId);
    await note("cart-journey-published", journeyId);
  }
}

/** A segment that is there already stays as it is, also when somebody has changed it since. */
async function makeSegment(doors: EngagementDoors, segment: DemoSegment): Promise<void> {
  try {
    await doors.createSegment(segment);
  } catch (error) {
    if (!(error instanceof AppError && error.code === "segment_name_taken")) throw error;
  }
}
