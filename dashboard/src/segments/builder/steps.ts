import { useCallback, useState } from "react";

export interface Steps<T> {
  readonly past: readonly T[];
  readonly now: T;
  readonly future: readonly T[];
  /** Changes under one key in a row are one step. */
  readonly key: string | null;
}

const MOST_STEPS = 200;

export function startSteps<T>(now: T): Steps<T> {
  return { past: [], now, future: [], key: null };
}

export function step<T>(steps: Steps<T>, now: T, key: string | null = null): Steps<T> {
  if (now === steps.now) return steps;
  const isSameStep = key !== null && key === steps.key;
  const past = isSameStep ? steps.past : [...steps.past, steps.now].slice(-MOST_STEPS);
  return { past, now, future: [], key };
}

export function undo<T>(steps: Steps<T>): Steps<T> {
  const before = steps.past.at(-1);
  if (before === undefined) return steps;
  return { past: steps.past.slice(0, -1), now: before, future: [steps.now, ...steps.future], key: null };
}

export function redo<T>(steps: Steps<T>): Steps<T> {
  const [next, ...later] = steps.future;
  if (next === undefined) return steps;
  return { past: [...steps.past, steps.now], now: next, future: later, key: null };
}

/** A value with its way back and forth. */
export function useSteps<T>(start: () => T) {
  const [steps, setSteps] = useState(() => startSteps(start()));
  return {
    now: steps.now,
    canUndo: steps.past.length > 0,
    canRedo: steps.future.length > 0,
    change: useCallback((now: T, key?: string) => setSteps((old) => step(old, now, key)), []),
    undo: useCallback(() => setSteps((old) => undo(old)), []),
    redo: useCallback(() => setSteps((old) => redo(old)), []),
  };
}
