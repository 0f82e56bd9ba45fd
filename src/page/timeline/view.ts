import type { Span } from '../../stats/timeline/layout.js';

/** A trial can be looked at this closely, as a share of all of it. */
const CLOSEST = 1e-6;

/** Larger or smaller by a factor about a moment, which stays where it is. More than 1: more is seen. */
export function zoomed(view: Span, whole: Span, factor: number, aboutMs: number): Span {
  const wholeMs = whole.toMs - whole.fromMs;
  const lengthMs = view.toMs - view.fromMs;
  const nextMs = Math.min(wholeMs, Math.max(CLOSEST * wholeMs, lengthMs * factor));
  const share = lengthMs === 0 ? 0.5 : (aboutMs - view.fromMs) / lengthMs;
  return within(whole, aboutMs - share * nextMs, nextMs);
}

export function panned(view: Span, whole: Span, byMs: number): Span {
  return within(whole, view.fromMs + byMs, view.toMs - view.fromMs);
}

/** Moved as little as shows that time with some room around it; wider where it would not fit. */
export function showing(view: Span, whole: Span, { fromMs, toMs }: Span): Span {
  const lengthMs = Math.max(
    view.toMs - view.fromMs,
    Math.min(whole.toMs - whole.fromMs, 1.25 * (toMs - fromMs)),
  );
  const room = Math.max(0, Math.min(0.1 * lengthMs, (lengthMs - (toMs - fromMs)) / 2));
  const least = toMs + room - lengthMs;
  const most = fromMs - room;
  return within(whole, Math.max(least, Math.min(most, view.fromMs)), lengthMs);
}

/** Between two views, as zooming looks even: `share` from 0 to 1. */
export function between(from: Span, to: Span, share: number): Span {
  const part = (a: number, b: number) => a + (b - a) * share;
  return { fromMs: part(from.fromMs, to.fromMs), toMs: part(from.toMs, to.toMs) };
}

function within(whole: Span, fromMs: number, lengthMs: number): Span {
  const from = Math.max(whole.fromMs, Math.min(fromMs, whole.toMs - lengthMs));
  return { fromMs: from, toMs: from + lengthMs };
}
