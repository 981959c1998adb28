/**
 * What a session took, turn by turn, as a small picture: a bar for the tokens of each turn, and a line
 * for the cost so far.
 */

import { type Html, markup } from "./html.ts";
import { formatCost } from "./render_session.ts";
import { formatCount, groupDigits } from "./text.ts";
import type { Usage } from "./transcript.ts";
import type { Turn } from "./turns.ts";
import { addUsage } from "./usage.ts";

/** The picture's size, in its own units. */
const WIDTH = 720;
const HEIGHT = 96;

/** More turns than this share bars. */
const MOST_BARS = 120;
/** How wide a bar may become, with the gap beside it. */
const WIDEST_STEP = 36;

/** A bar: one turn, or some that follow each other. */
interface Bar {
  readonly label: string;
  readonly tokens: number;
  /** In US dollars, up to the end of this bar; undefined where no cost is known. */
  readonly costSoFar: number | undefined;
}

/** Draws the turns; undefined when there is too little to compare. */
export function renderChart(turns: readonly Turn[]): Html | undefined {
  const bars = toBars(turns);
  const most = bars.reduce((top, { tokens }) => Math.max(top, tokens), 0);
  if (bars.length < 2 || most === 0) return undefined;
  const step = Math.min(WIDEST_STEP, WIDTH / bars.length);
  const total = bars.at(-1)?.costSoFar ?? 0;
  const line = total > 0 ? renderCostLine(bars, { step, total }) : undefined;
  const label = `Tokens of each turn${line ? ", and the cost so far" : ""}`;
  const caption = `${formatCount(turns.length, "turn")}, at most ${groupDigits(most)} tokens in ${
    turns.length === bars.length ? "one" : "one bar"
  }${line ? "; the line is the cost so far" : ""}`;
  return markup`<figure class="chart">
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${label}">
${bars.map((bar, index) => renderBar(bar, { step, index, most }))}${line}</svg>
<figcaption>${caption}</figcaption>
</figure>
`;
}

function renderBar(
  { label, tokens }: Bar,
  { step, index, most }: { step: number; index: number; most: number },
): Html {
  const height = round((tokens / most) * (HEIGHT - 2));
  const width = step - Math.min(2, step / 4);
  const [x, y] = [round(index * step), round(HEIGHT - height)];
  return markup`<rect x="${x}" y="${y}" width="${
    round(width)
  }" height="${height}"><title>${label}</title></rect>\n`;
}

function renderCostLine(
  bars: readonly Bar[],
  { step, total }: { step: number; total: number },
): Html {
  const points = bars.map(({ costSoFar = 0 }, index) =>
    `${round((index + 0.5) * step)},${round(HEIGHT - 1 - (costSoFar / total) * (HEIGHT - 2))}`
  );
  return markup`<polyline points="${points.join(" ")}" vector-effect="non-scaling-stroke"/>\n`;
}

function toBars(turns: readonly Turn[]): readonly Bar[] {
  const size = Math.ceil(turns.length / MOST_BARS);
  const bars: Bar[] = [];
  let cost: number | undefined;
  for (let start = 0; start < turns.length; start += size) {
    const group = turns.slice(start, start + size);
    const usage = group.reduce<Usage>((sum, turn) => addUsage(sum, turn.usage), {});
    for (const { costUsd } of group) {
      if (costUsd !== undefined) cost = (cost ?? 0) + toDrawable(costUsd);
    }
    const tokens = countTokens(usage);
    const end = start + group.length;
    const name = group.length === 1 ? `turn ${end}` : `turns ${start + 1} to ${end}`;
    const soFar = cost === undefined ? "" : `, ${formatCost(cost)} so far`;
    bars.push({
      label: `${name}: ${groupDigits(tokens)} tokens${soFar}`,
      tokens,
      costSoFar: cost,
    });
  }
  return bars;
}

/** All tokens of a usage, those from a cache included. */
export function countTokens(usage: Usage): number {
  const { reasoning_tokens: _within, ...counted } = usage;
  return Object.values(counted).reduce((sum, count) => sum + toDrawable(count), 0);
}

/** A file may say any number; below nothing, or without end, nothing can be drawn. */
function toDrawable(value: number): number {
  return Number.isFinite(value) ? Math.max(0, value) : 0;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
