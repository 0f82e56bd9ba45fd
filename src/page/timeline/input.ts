import type { Controller } from './controller.js';
import { timeAt } from './hit.js';
import type { Stage } from './stage.js';
import type { Step } from './steps.js';
import { firstWords } from './words.js';

/** A pointer that moved no further than that between down and up is a click. */
const CLICK_PIXELS = 4;
const PAN_SHARE = 0.25;
const DOUBLE_CLICK_FACTOR = 0.25;
const LINE_PIXELS = 16;

const STEPS: Readonly<Record<string, Step>> = {
  ArrowRight: 'next',
  ArrowLeft: 'previous',
  ArrowDown: 'down',
  ArrowUp: 'up',
  Home: 'first',
  End: 'last',
};

/** Buttons, keys, wheel and pointers. */
export function listen(stage: Stage, controller: Controller): void {
  const { canvas, buttons } = stage;
  buttons.closer.addEventListener('click', () => controller.zoomStep(true));
  buttons.further.addEventListener('click', () => controller.zoomStep(false));
  buttons.all.addEventListener('click', () => controller.showAll());
  buttons.taller.addEventListener('click', () => controller.scaleRows(true));
  buttons.lower.addEventListener('click', () => controller.scaleRows(false));
  listenToFirst(buttons.first, controller);
  canvas.addEventListener('keydown', event => {
    if (onKey(event, controller)) event.preventDefault();
  });
  canvas.addEventListener('blur', () => controller.leave());
  canvas.addEventListener('wheel', event => onWheel(event, canvas, controller), { passive: false });
  canvas.addEventListener('dblclick', event => {
    const factor = event.shiftKey ? 1 / DOUBLE_CLICK_FACTOR : DOUBLE_CLICK_FACTOR;
    controller.zoomBy(factor, timeAt(controller.view, controller.width, event.offsetX), true);
  });
  listenToPointers(canvas, controller);
}

/** Those that are short beside the longest are seen at once. */
function listenToFirst(button: HTMLButtonElement, controller: Controller): void {
  const { shortMs } = controller;
  if (shortMs === null) return;
  button.hidden = false;
  button.textContent = firstWords(shortMs);
  button.removeAttribute('aria-label');
  button.addEventListener('click', () => controller.showFirst(shortMs));
}

/** @returns whether it was for the timeline */
function onKey({ key, shiftKey, ctrlKey, metaKey, altKey }: KeyboardEvent, controller: Controller): boolean {
  if (ctrlKey || metaKey || altKey) return false;
  const lengthMs = controller.view.toMs - controller.view.fromMs;
  if (shiftKey && (key === 'ArrowLeft' || key === 'ArrowRight')) {
    controller.panBy((key === 'ArrowLeft' ? -1 : 1) * PAN_SHARE * lengthMs);
    return true;
  }
  if (shiftKey && (key === 'ArrowUp' || key === 'ArrowDown')) {
    controller.scaleRows(key === 'ArrowUp');
    return true;
  }
  const step = STEPS[key];
  if (step !== undefined) controller.step(step);
  else if (key === '+' || key === '=') controller.zoomStep(true);
  else if (key === '-' || key === '−' || key === '_') controller.zoomStep(false);
  else if (key === '0') controller.showAll();
  else if (key === 'Escape') controller.look(null);
  else return false;
  return true;
}

/** A page is scrolled past a timeline: the wheel is the page's until the timeline was clicked, or Ctrl is held. */
function onWheel(event: WheelEvent, canvas: HTMLCanvasElement, controller: Controller): void {
  const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PIXELS : 1;
  const [dx, dy] = [event.deltaX * unit, event.deltaY * unit];
  if (event.altKey) {
    event.preventDefault();
    controller.scaleRows(dy < 0, event.offsetY);
    return;
  }
  const { fromMs, toMs } = controller.view;
  if (event.shiftKey || Math.abs(dx) > Math.abs(dy)) {
    if (controller.isAllShown) return;
    event.preventDefault();
    controller.panBy(((dx || dy) * (toMs - fromMs)) / controller.width);
    return;
  }
  const isOurs = event.ctrlKey || canvas.ownerDocument.activeElement === canvas;
  // Further than all: the page goes on.
  if (!isOurs || (!event.ctrlKey && dy > 0 && controller.isAllShown)) return;
  event.preventDefault();
  // A pinch on a touch pad comes as a wheel with Ctrl, in small steps.
  const speed = event.ctrlKey && Math.abs(dy) < 50 ? 0.01 : 0.002;
  controller.zoomBy(Math.exp(dy * speed), timeAt(controller.view, controller.width, event.offsetX));
}

function listenToPointers(canvas: HTMLCanvasElement, controller: Controller): void {
  const held = new Map<number, { readonly x: number; readonly y: number }>();
  let movedPixels = 0;
  canvas.addEventListener('pointerdown', event => {
    if (event.button !== 0) return;
    held.set(event.pointerId, { x: event.offsetX, y: event.offsetY });
    canvas.setPointerCapture(event.pointerId);
    movedPixels = 0;
  });
  canvas.addEventListener('pointermove', event => {
    const last = held.get(event.pointerId);
    if (last === undefined) {
      controller.point({ x: event.offsetX, y: event.offsetY });
      return;
    }
    const other = [...held].find(([id]) => id !== event.pointerId)?.[1];
    held.set(event.pointerId, { x: event.offsetX, y: event.offsetY });
    movedPixels += Math.abs(event.offsetX - last.x) + Math.abs(event.offsetY - last.y);
    if (other !== undefined) pinch(controller, other.x, last.x, event.offsetX);
    else if (movedPixels > CLICK_PIXELS) drag(controller, last.x - event.offsetX);
  });
  const release = (event: PointerEvent) => {
    const isClick = held.delete(event.pointerId) && held.size === 0 && movedPixels <= CLICK_PIXELS;
    if (isClick && event.type === 'pointerup')
      controller.look(controller.point({ x: event.offsetX, y: event.offsetY }));
  };
  canvas.addEventListener('pointerup', release);
  canvas.addEventListener('pointercancel', release);
  canvas.addEventListener('pointerleave', event => {
    if (!held.has(event.pointerId)) controller.leave();
  });
}

function drag(controller: Controller, byPixels: number): void {
  controller.leave();
  const { fromMs, toMs } = controller.view;
  controller.panBy((byPixels * (toMs - fromMs)) / controller.width);
}

/** Two fingers: what is between them stays there. */
function pinch(controller: Controller, fixedX: number, lastX: number, x: number): void {
  controller.leave();
  const [before, after] = [Math.abs(lastX - fixedX), Math.abs(x - fixedX)];
  if (before < 8 || after < 8) return;
  controller.zoomBy(before / after, timeAt(controller.view, controller.width, fixedX));
}
