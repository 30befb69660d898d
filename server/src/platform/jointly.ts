import { ABORTED, type Db, sqlState } from "./db.ts";

type Question<Asked, Row> = (db: Db, asked: readonly Asked[]) => Promise<readonly Row[]>;

interface Open {
  readonly asked: unknown[];
  readonly answer: Promise<readonly unknown[]>;
}

const open = new WeakMap<Db, Map<unknown, Open>>();

/**
 * In a transaction that several requests share, what they ask of one question in the same turn is asked once. Answers with
 * what was found for all of them: whoever asked picks its own. `question` is what it is known by: a function of its module.
 */
export function jointly<Asked, Row>(
  db: Db,
  question: Question<Asked, Row>,
  asked: readonly Asked[],
): Promise<readonly Row[]> {
  if (!db.isTransaction) return question(db, asked);
  const questions = open.get(db) ?? new Map<unknown, Open>();
  open.set(db, questions);
  const others = questions.get(question);
  if (others) {
    others.asked.push(...asked);
    return others.answer as Promise<readonly Row[]>;
  }
  const all = [...asked];
  const answer = endOfTurn().then(() => {
    questions.delete(question);
    return question(db, all);
  });
  questions.set(question, { asked: all, answer });
  return answer;
}

/** When everybody who was answered just now has asked the next thing. */
function endOfTurn(): Promise<void> {
  return new Promise((resolve) => process.nextTick(resolve));
}

/**
 * All of them, once all have ended: nobody goes on asking in a transaction that another has broken. Throws what broke it,
 * not what the others heard of that.
 */
export async function allEnded<T>(works: readonly Promise<T>[]): Promise<T[]> {
  const ends = await Promise.allSettled(works);
  const failures = ends.flatMap((end) => (end.status === "rejected" ? [end.reason as unknown] : []));
  if (failures.length > 0) throw failures.find((failure) => sqlState(failure) !== ABORTED) ?? failures[0];
  return ends.flatMap((end) => (end.status === "fulfilled" ? [end.value] : []));
}
