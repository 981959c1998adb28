/**
 * One line on standard error that says what takes long, and how far it is.
 *
 * Work is synchronous, so nobody can watch it from beside: whoever begins some says what it is, and
 * each file that is done and each read counts. When the line is due, counting draws it. It is drawn
 * only where a line of the terminal starts, and is gone before anything else is written: all output
 * passes by here. What goes into a pipe may come back to the terminal by way of another program, at
 * any moment, so nothing is drawn any more once something has.
 */

import { ClosedPipeError } from "./errors.ts";
import { isFileError } from "./file_errors.ts";
import type { Host, Output, Progress, RunningWork, Work, WorkCount } from "./host.ts";
import { formatBytes, formatCount, groupDigits, truncate } from "./text.ts";

/** What takes no longer is not spoken of, and no line is drawn so soon after another. */
const FIRST_MS = 300;
const BETWEEN_MS = 100;

/** Goes to the start of the line; and from there, removes what stands on it. */
const START = "\r";
const REMOVE_REST = "\u001b[K";

/** The end of what clears the line that the cursor is on, and all below it; modes may be set behind. */
// deno-lint-ignore no-control-regex -- an escape is what sequences start with
const CLEARED = /\r\u001b\[[JK](\u001b\[\?\d+[hl])*$/;
const CLEARED_LENGTH = 40;

/** What there is to be seen of a host by whoever draws on its terminal. */
type Screen = Pick<Host, "stdout" | "stderr" | "terminalSize" | "elapsedMs">;

/** Begins work that a person is told of, where there is one to be told. */
export function beginWork({ progress }: Pick<Host, "progress">, work: Work): RunningWork {
  return progress?.begin(work) ?? UNSEEN;
}

const UNSEEN: RunningWork = {
  countFiles: () => {},
  countBytes: () => {},
  watchHelper: () => {},
  [Symbol.dispose]: () => {},
};

/** The line on one terminal. */
export class ProgressLine implements Progress {
  readonly #screen: Screen;
  /** What is under way, the innermost last. */
  readonly #works: OwnWork[] = [];
  #dueMs: number;
  #isShown = false;
  /** Whether what was written to the terminal last ended its line. */
  #isAtStart = true;
  #isOver = false;

  /** Takes the terminal that standard error is. */
  constructor(screen: Screen) {
    this.#screen = screen;
    this.#dueMs = screen.elapsedMs() + FIRST_MS;
  }

  /** What reads are for at present. */
  get purpose(): object | undefined {
    return this.#works.at(-1);
  }

  /** Begins work, within that which is under way. */
  begin(work: Work): RunningWork {
    const own = new OwnWork(work, {
      onCount: () => this.#drawIfDue(),
      onEnd: () => {
        this.#works.splice(this.#works.indexOf(own), 1);
      },
    });
    this.#works.push(own);
    return own;
  }

  /** Counts bytes for the innermost work. */
  countBytes(count: number): void {
    this.#works.at(-1)?.countBytes(count);
  }

  /** Gives an output that makes the line go away before it writes. */
  watch(output: Output): Output {
    const { isTerminal, isFile } = output;
    const isTalk = output === this.#screen.stderr;
    return {
      isTerminal,
      isFile,
      write: (data) => {
        this.clear();
        if (isTerminal && data.length > 0) this.#isAtStart = endsLine(data);
        if (!isTerminal && !isFile) this.#isOver = true;
        if (isTalk) this.#postpone();
        output.write(data);
      },
      flush: () => output.flush(),
    };
  }

  /** Takes it that a person has ended the line that a question stands on. */
  noteAnswer(): void {
    this.#isAtStart = true;
    this.#postpone();
  }

  /** Removes the line. */
  clear(): void {
    if (!this.#isShown) return;
    this.#isShown = false;
    this.#send(START + REMOVE_REST);
  }

  /** Draws nothing for a while: a person has just seen something. */
  #postpone(): void {
    this.#dueMs = this.#screen.elapsedMs() + FIRST_MS;
  }

  #drawIfDue(): void {
    const work = this.#works.at(-1);
    if (this.#isOver || work === undefined) return;
    const nowMs = this.#screen.elapsedMs();
    if (nowMs < this.#dueMs) return;
    this.#dueMs = nowMs + BETWEEN_MS;
    if (this.#isAtStart) this.#draw(work);
  }

  #draw(work: OwnWork): void {
    const { stdout } = this.#screen;
    // In the last column some terminals go to the next line.
    const cells = (this.#screen.terminalSize()?.columns ?? 80) - 1;
    if (stdout.isTerminal) stdout.flush();
    this.#isShown = true;
    this.#send(START + truncate(work.describe(), cells) + REMOVE_REST);
  }

  #send(text: string): void {
    const { stderr } = this.#screen;
    try {
      stderr.write(text);
      stderr.flush();
    } catch (error) {
      // The work goes on when nobody looks any more.
      if (!(error instanceof ClosedPipeError) && !isFileError(error)) throw error;
      this.#isOver = true;
    }
  }
}

interface OwnWorkListener {
  readonly onCount: () => void;
  readonly onEnd: () => void;
}

class OwnWork implements RunningWork {
  readonly #work: Work;
  readonly #listener: OwnWorkListener;
  #files = 0;
  #bytes = 0;
  #lookAtHelper = (): WorkCount => ({ files: 0, bytes: 0 });

  constructor(work: Work, listener: OwnWorkListener) {
    this.#work = work;
    this.#listener = listener;
  }

  countFiles(count: number): void {
    this.#files += count;
    this.#listener.onCount();
  }

  countBytes(count: number): void {
    this.#bytes += count;
    this.#listener.onCount();
  }

  watchHelper(look: () => WorkCount): void {
    this.#lookAtHelper = look;
  }

  [Symbol.dispose](): void {
    this.#listener.onEnd();
  }

  /** `Reading sessions: 1,204 of 5,000 files, 312 MB of 1.2 GB` */
  describe(): string {
    const { what, files: allFiles, bytes: allBytes } = this.#work;
    const helper = this.#lookAtHelper();
    const files = this.#files + helper.files;
    const bytes = this.#bytes + helper.bytes;
    const counts = [
      ...(allFiles === undefined
        ? []
        : [`${groupDigits(Math.min(files, allFiles))} of ${formatCount(allFiles, "file")}`]),
      ...(allBytes === undefined
        ? []
        : [`${formatBytes(Math.min(bytes, allBytes))} of ${formatBytes(allBytes)}`]),
    ];
    // Of one file the bytes say more; where nothing is known before, what is done has to do.
    if (allFiles === 1 && counts.length > 1) counts.shift();
    if (counts.length === 0 && files > 0) counts.push(formatCount(files, "file"));
    else if (counts.length === 0 && bytes > 0) counts.push(formatBytes(bytes));
    return counts.length === 0 ? what : `${what}: ${counts.join(", ")}`;
  }
}

function endsLine(data: string | Uint8Array): boolean {
  if (typeof data !== "string") return data.at(-1) === 0x0a;
  return data.endsWith("\n") || CLEARED.test(data.slice(-CLEARED_LENGTH));
}
