/** What the CLI needs of stdout and stderr. */
export interface Output {
  /** Bytes too, of a reporter that is no text. */
  write(contents: string | Uint8Array): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

export type Env = Readonly<Record<string, string | undefined>>;

const DEFAULT_WIDTH = 80;
/** Narrower than this nothing fits: lines are better wrapped by the terminal. */
const MIN_WIDTH = 40;

/** Columns to fill: COLUMNS, else the terminal's, else 80. */
export function widthOf({ isTTY, columns }: Output, env: Env): number {
  const asked = Number(env.COLUMNS);
  if (Number.isInteger(asked) && asked > 0) return Math.max(MIN_WIDTH, asked);
  return isTTY === true && columns !== undefined ? Math.max(MIN_WIDTH, columns) : DEFAULT_WIDTH;
}

/** FORCE_COLOR, then NO_COLOR, then whether it is a terminal that can. That CI is set says nothing about a pipe. */
export function hasColour({ isTTY }: Output, env: Env): boolean {
  const { FORCE_COLOR: forced, NO_COLOR: refused } = env;
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false';
  if (refused !== undefined && refused !== '') return false;
  return isTTY === true && env.TERM !== 'dumb';
}

/** Whether lines can be drawn over. */
export function canRedraw({ isTTY }: Output, env: Env): boolean {
  return isTTY === true && env.TERM !== 'dumb';
}
