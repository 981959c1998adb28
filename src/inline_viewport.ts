/**
 * Lines that are drawn in place below the prompt, again and again, and that leave nothing behind.
 *
 * Between two frames the cursor rests on the first line. All that is below it on the screen is the
 * viewport's own, so clearing from there to the end is right whatever the terminal does with lines
 * that no longer fit when it is resized. A frame goes out as one piece, and no line of it wraps.
 */

import type { Output } from "./host.ts";

/** What to draw. */
export interface Frame {
  /** At most as many as the terminal has, none wider than it is; at least one. */
  readonly lines: readonly string[];
  /** Where on the first line the cursor stands, in cells from its start. */
  readonly cursor: number;
}

const CSI = "\x1b[";
const HIDE_CURSOR = `${CSI}?25l`;
const SHOW_CURSOR = `${CSI}?25h`;
const CLIP_LINES = `${CSI}?7l`;
const WRAP_LINES = `${CSI}?7h`;
const MARK_PASTES = `${CSI}?2004h`;
const LEAVE_PASTES = `${CSI}?2004l`;
const CLEAR_LINE = `${CSI}K`;
const CLEAR_BELOW = `${CSI}J`;

/** A part of the screen, from the line of the cursor down. */
export class InlineViewport {
  readonly #output: Output;

  /** Takes the part that starts where the cursor is, at the start of a line; pastes are marked as such. */
  constructor(output: Output) {
    this.#output = output;
    this.#send(MARK_PASTES);
  }

  /** Draws a frame in the place of the one before. */
  draw({ lines, cursor }: Frame): void {
    // What was there goes before the line is written: behind its last cell it would take that along.
    const drawn = lines.map((line, index) =>
      (index < lines.length - 1 ? CLEAR_LINE : CLEAR_BELOW) + line
    );
    const up = lines.length > 1 ? `${CSI}${lines.length - 1}A` : "";
    const right = cursor > 0 ? `${CSI}${cursor}C` : "";
    this.#send(
      `${HIDE_CURSOR}${CLIP_LINES}\r${
        drawn.join("\r\n")
      }\r${up}${right}${WRAP_LINES}${SHOW_CURSOR}`,
    );
  }

  /** Takes everything away, as after the terminal was resized. */
  clear(): void {
    this.#send(`\r${CLEAR_BELOW}`);
  }

  /** Takes everything away, and leaves the cursor where it was before the first frame. */
  close(): void {
    this.#send(`\r${CLEAR_BELOW}${LEAVE_PASTES}`);
  }

  #send(text: string): void {
    this.#output.write(text);
    this.#output.flush();
  }
}
