/**
 * Answers many questions that are asked in one moment together: `answer` gets all that have gathered until nothing else
 * can go on, and gives the answers in their order. Equal questions (by `keyOf`) are asked once.
 */
export function gather<Q, A>(
  keyOf: (question: Q) => string,
  answer: (questions: readonly Q[]) => Promise<readonly A[]>,
): (question: Q) => Promise<A> {
  const known = new Map<string, Promise<A>>();
  let waiting: { question: Q; resolve(answer: A): void; reject(error: unknown): void }[] = [];
  const ask = async () => {
    const asked = waiting;
    waiting = [];
    try {
      const answers = await answer(asked.map(({ question }) => question));
      for (const [index, { resolve }] of asked.entries()) resolve(answers[index] as A);
    } catch (error) {
      for (const { reject } of asked) reject(error);
    }
  };
  return (question) => {
    const key = keyOf(question);
    const before = known.get(key);
    if (before) return before;
    const promise = new Promise<A>((resolve, reject) => {
      waiting.push({ question, resolve, reject });
      if (waiting.length === 1) setImmediate(() => void ask());
    });
    known.set(key, promise);
    return promise;
  };
}
