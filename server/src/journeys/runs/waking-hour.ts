import type { ChooseHour } from "../deps.ts";
import { nextLocal } from "../nodes/local-time.ts";

/** While nothing has been learnt: at once by day, else at ten in the morning where the person lives. */
export const wakingHour: ChooseHour = async (_db, asked) =>
  asked.map(({ from, until, zone }) => {
    const { hour } = from.toZonedDateTimeISO(zone);
    if (hour >= 9 && hour < 21) return from;
    const morning = nextLocal(from, "10:00", undefined, zone);
    return Temporal.Instant.compare(morning, until) > 0 ? until : morning;
  });
