import type { Colours } from '../../../page/timeline/colours.js';

/** Draws in the colours of the page, with type and symbols as large as they are there. */
export class Brush {
  readonly context: CanvasRenderingContext2D;
  readonly colours: Colours;
  readonly #unit: number;

  constructor(context: CanvasRenderingContext2D, colours: Colours, unit: number) {
    this.context = context;
    this.colours = colours;
    this.#unit = unit;
  }

  font(size: number, weight = 400): void {
    this.context.font = `${weight} ${size * this.#unit}px ${this.colours.font}`;
  }

  bar(from: number, to: number, y: number, alpha: number, colour: string): void {
    const high = 7 * this.#unit;
    this.context.globalAlpha = alpha;
    this.context.fillStyle = colour;
    this.context.beginPath();
    this.context.roundRect(from, y - high / 2, Math.max(0, to - from), high, high / 2);
    this.context.fill();
    this.context.globalAlpha = 1;
  }

  shade(from: number, to: number, top: number, height: number, alpha: number): void {
    this.context.globalAlpha = alpha;
    this.context.fillStyle = this.colours.text.css;
    this.context.fillRect(from, top, to - from, height);
    this.context.globalAlpha = 1;
  }

  symbol(path: string, x: number, y: number, colour: string, isShadow: boolean): void {
    const { context } = this;
    const size = 1.6 * this.#unit;
    context.save();
    context.translate(x, y);
    context.scale(size, size);
    const shape = new Path2D(path);
    context.lineWidth = 1.2;
    context.strokeStyle = isShadow ? colour : this.colours.paper.css;
    context.fillStyle = isShadow ? this.colours.paper.css : colour;
    context.fill(shape);
    context.stroke(shape);
    context.restore();
  }
}
