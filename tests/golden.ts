/**
 * Replays a page of recorded terminal sessions.
 *
 * One page gets one fresh home folder, shown as "/home/ada", and runs its commands in order,
 * starting in "/home/ada/kite". Beside `skein` there are four commands, for what a session needs
 * before it: `sample [agents|languages]`, `fixture NAME [TARGET]`, `cd DIR` and `mkdir DIR`. Every
 * command must be one of these; a failing one of the four fails the page. `sample` is a store of
 * zot's; `sample agents` adds those of the other agents, `sample languages` is one in many scripts. `TTY=1` before a command gives it a terminal of 80
 * columns, and of 24 lines unless `LINES` says otherwise.
 */

import { dirname, fromFileUrl, join, resolve } from "@std/path";
import { buildSampleAgents } from "../scripts/sample_agents.ts";
import { LANGUAGE_SESSIONS } from "../scripts/sample_languages.ts";
import { buildSampleStore } from "../scripts/sample_store.ts";
import { FAKE_NOW_MS } from "./fake_host.ts";
import { parseCommandLine } from "./golden_line.ts";
import {
  type Outcome,
  type PageStyle,
  parsePage,
  renderOutcome,
  renderPage,
} from "./golden_page.ts";
import { type Mount, swapPrefix } from "./mounted_files.ts";

/** The home folder as pages show it. */
export const SHOWN_HOME = "/home/ada";

/** One run of skein, all paths as the page shows them. */
export interface SkeinCall {
  readonly args: readonly string[];
  /** The whole environment, without the variables TTY and LINES, which are for the replay. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly home: Mount;
  /** How many lines the terminal has; undefined where there is none. */
  readonly terminalRows: number | undefined;
  /** Lines after which the reader of standard output leaves; undefined when it stays. */
  readonly headLines: number | undefined;
}

/** Runs skein; undefined means that this way of running cannot do it, and the record stands. */
export type SkeinRunner = (call: SkeinCall) => Promise<Outcome | undefined>;

/** What a replay gave. */
export interface Replay {
  /** The page with the output that the commands have now. */
  readonly text: string;
  /** Commands that the runner could not do. */
  readonly skipped: number;
}

/** A page to replay, and where. */
export interface ReplayOptions {
  readonly style: PageStyle;
  /** An empty folder that becomes the home, symbolic links resolved. */
  readonly folder: string;
  /** Commands to run before the page's own, for a page that has no place to show them. */
  readonly before?: readonly string[];
}

const TERMINAL_ROWS = 24;
const ZOT_SESSIONS = join(SHOWN_HOME, ".local/state/zot/sessions");
const FIXTURES = join(dirname(fromFileUrl(import.meta.url)), "fixtures");
const FIXTURE_TIME = new Date(FAKE_NOW_MS - 24 * 60 * 60 * 1000);

/** Runs every command of a page and puts what it prints below it. */
export async function replayPage(
  text: string,
  run: SkeinRunner,
  options: ReplayOptions,
): Promise<Replay> {
  const machine = new Machine({ shown: SHOWN_HOME, real: options.folder });
  for (const line of options.before ?? []) await machine.run(line, run);
  const pieces = [];
  let skipped = 0;
  for (const piece of parsePage(text, options.style)) {
    if (piece.kind === "prose") {
      pieces.push(piece);
      continue;
    }
    const outcome = await machine.run(piece.line, run);
    if (outcome === undefined) skipped++;
    pieces.push(outcome === undefined ? piece : { ...piece, expected: renderOutcome(outcome) });
  }
  return { text: renderPage(pieces), skipped };
}

/** The home folder and the folder that a page is in. */
class Machine {
  readonly #home: Mount;
  #cwd = join(SHOWN_HOME, "kite");

  constructor(home: Mount) {
    this.#home = home;
    Deno.mkdirSync(this.#real(this.#cwd), { recursive: true });
  }

  async run(line: string, skein: SkeinRunner): Promise<Outcome | undefined> {
    const { env: { TTY, LINES, ...env }, words, headLines } = parseCommandLine(line, SHOWN_HOME);
    const [name, ...args] = words;
    if (name !== "skein") {
      this.#prepare(line, words);
      return { stdout: "", stderr: "", code: 0 };
    }
    return await skein({
      args,
      env: { HOME: SHOWN_HOME, SOURCE_DATE_EPOCH: String(FAKE_NOW_MS / 1000), ...env },
      cwd: this.#cwd,
      home: this.#home,
      terminalRows: TTY === "1" ? Number(LINES ?? TERMINAL_ROWS) : undefined,
      headLines,
    });
  }

  #prepare(line: string, words: readonly string[]): void {
    const [name, first, second, ...rest] = words;
    if (name === "sample" && second === undefined && isSample(first)) {
      const sessions = first === "languages" ? { sessions: LANGUAGE_SESSIONS } : {};
      buildSampleStore(this.#real(ZOT_SESSIONS), sessions);
      if (first === "agents") buildSampleAgents(this.#home.real);
    } else if (name === "cd" && first !== undefined && second === undefined) this.#enter(first);
    else if (name === "mkdir" && first !== undefined && second === undefined) {
      Deno.mkdirSync(this.#real(first), { recursive: true });
    } else if (name === "fixture" && first !== undefined && rest.length === 0) {
      copyFolder(join(FIXTURES, first), this.#real(second ?? ZOT_SESSIONS));
    } else throw new Error(`Cannot run "${line}": a page knows skein, sample, fixture, cd, mkdir`);
  }

  #enter(folder: string): void {
    if (!Deno.statSync(this.#real(folder)).isDirectory) {
      throw new Error(`Cannot enter "${folder}": it is no folder`);
    }
    this.#cwd = resolve(this.#cwd, folder);
  }

  #real(path: string): string {
    return swapPrefix(resolve(this.#cwd, path), {
      from: this.#home.shown,
      to: this.#home.real,
    });
  }
}

function isSample(name: string | undefined): boolean {
  return [undefined, "agents", "languages"].includes(name);
}

/** Copies with one time for all files, for a checkout gives them the time of the checkout. */
function copyFolder(from: string, to: string): void {
  Deno.mkdirSync(to, { recursive: true });
  for (const entry of Deno.readDirSync(from)) {
    const target = join(to, entry.name);
    if (entry.isDirectory) copyFolder(join(from, entry.name), target);
    else {
      Deno.copyFileSync(join(from, entry.name), target);
      Deno.utimeSync(target, FIXTURE_TIME, FIXTURE_TIME);
    }
  }
}
