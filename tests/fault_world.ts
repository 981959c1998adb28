/**
 * A small world for one command: a root with sessions, and folders beside it to import from and to
 * export to. What lies in it is told by which file it was at first, so that a file that moved is
 * known again, and one that was touched in any way is not.
 */

import { dirname, join } from "@std/path";
import { run } from "../src/app.ts";
import type { FileSystem } from "../src/host.ts";
import type { ExitCode } from "../src/manual.ts";
import { FAKE_NOW_MS, FakeHost } from "./fake_host.ts";
import { FaultyFiles } from "./faulty_files.ts";

const HOUR_MS = 60 * 60 * 1000;

/** A file to make. */
export interface WorldFile {
  readonly bytes: Uint8Array;
  /** How long before the first command it was touched last. */
  readonly ageMs: number;
  readonly mode: number;
}

/** Each path of the world with what lies there: which file of the start, or what was made since. */
export type WorldState = Readonly<Record<string, string>>;

/** A receipt as it lies on the disk, read without skein's own reader. */
export interface RawReceipt {
  readonly id: string;
  readonly state: string;
  readonly moves: readonly { readonly from: string; readonly to: string }[];
  readonly creations: readonly { readonly path: string }[];
}

/** How a command ended, and what it said. */
export interface CommandOutcome {
  readonly code: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
}

interface KnownFile {
  readonly path: string;
  readonly contents: string;
  readonly mode: number;
  readonly mtimeMs: number;
}

/** A folder with a root in it. */
export class World {
  /** The folder that commands run in; the root is `root` below it. */
  readonly folder: string;
  /** An empty folder in the same file system. */
  readonly attic: string;
  readonly #known = new Map<number, KnownFile>();
  /** The time of the next command: each one comes an hour after the one before. */
  #nowMs = FAKE_NOW_MS;

  /**
   * Makes the files, by their paths from the folder on.
   * @param top a folder of the test's own, which is cleared: new ids follow from paths, so worlds
   *   that are to be compared have to lie at one place
   */
  constructor(top: string, files: Readonly<Record<string, WorldFile>>) {
    this.folder = join(top, "world");
    this.attic = join(top, "attic");
    for (const { name } of Deno.readDirSync(top)) {
      Deno.removeSync(join(top, name), { recursive: true });
    }
    for (const name of ["root", "out"]) {
      Deno.mkdirSync(join(this.folder, name), { recursive: true });
    }
    Deno.mkdirSync(this.attic);
    for (const [name, { bytes, ageMs, mode }] of Object.entries(files)) {
      const path = join(this.folder, name);
      Deno.mkdirSync(dirname(path), { recursive: true });
      Deno.writeFileSync(path, bytes);
      Deno.chmodSync(path, mode);
      const time = new Date(FAKE_NOW_MS - ageMs);
      Deno.utimeSync(path, time, time);
    }
    this.learn();
  }

  /** Runs a command line in the folder, with the root named. */
  async run(
    args: readonly string[],
    { files = new FaultyFiles(), input = new Uint8Array() }: {
      readonly files?: FileSystem;
      readonly input?: Uint8Array | undefined;
    } = {},
  ): Promise<CommandOutcome> {
    const host = new FakeHost({ cwd: this.folder, files, nowMs: this.#nowMs });
    host.input = Uint8Array.from(input);
    this.#nowMs += HOUR_MS;
    const code = await run([...args, "--root", "root"], host);
    if (files instanceof FaultyFiles) files.end();
    return { code, stdout: host.stdout.text, stderr: host.stderr.text };
  }

  /** Takes the files that are there now for known ones. */
  learn(): void {
    for (const path of this.#paths()) {
      const { ino, ...known } = this.#look(path);
      if (!this.#known.has(ino)) this.#known.set(ino, known);
    }
  }

  /** What lies in the folder, but for the lock, the receipts, and what is unfinished. */
  state(): WorldState {
    return Object.fromEntries(
      this.#paths().filter((path) => !isOwn(path) && !isUnfinished(path)).map((path) => [
        path,
        this.#describe(path),
      ]),
    );
  }

  /** Files that a command has not finished, or had no time to remove. */
  unfinished(): readonly string[] {
    return this.#paths().filter(isUnfinished);
  }

  /** The receipts, by their ids; undefined stands for one that is no JSON. */
  receipts(): ReadonlyMap<string, RawReceipt | undefined> {
    const folder = "root/.skein/receipts/";
    return new Map(
      this.#paths().filter((path) => path.startsWith(folder) && path.endsWith(".json")).map(
        (path) => [path.slice(folder.length, -5), readJson(join(this.folder, path))],
      ),
    );
  }

  #paths(folder = ""): readonly string[] {
    return [...Deno.readDirSync(join(this.folder, folder))].flatMap((entry) => {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      return entry.isDirectory ? this.#paths(path) : [path];
    }).sort();
  }

  #look(path: string): KnownFile & { readonly ino: number } {
    const full = join(this.folder, path);
    const { ino, mode, mtime, isSymlink } = Deno.lstatSync(full);
    const contents = isSymlink
      ? `-> ${Deno.readLinkSync(full)}`
      : new TextDecoder("latin1").decode(Deno.readFileSync(full));
    return {
      ino: ino ?? 0,
      path,
      contents,
      mode: (mode ?? 0) & 0o7777,
      mtimeMs: mtime?.getTime() ?? 0,
    };
  }

  #describe(path: string): string {
    const { ino, contents, mode, mtimeMs } = this.#look(path);
    const known = this.#known.get(ino);
    const isSame = known?.contents === contents && known.mode === mode &&
      known.mtimeMs === mtimeMs;
    return isSame ? known.path : `made ${mode.toString(8)} ${JSON.stringify(contents)}`;
  }
}

/** The part of a state that agents and people see: all but the trash. */
export function visible(state: WorldState): WorldState {
  return Object.fromEntries(
    Object.entries(state).filter(([path]) => !path.startsWith("root/.skein/")),
  );
}

function isOwn(path: string): boolean {
  return path.startsWith("root/.skein/receipts/") || path === "root/.skein/lock";
}

function isUnfinished(path: string): boolean {
  return /(^|\/)\.skein-[^/]*\.tmp$|^root\/\.skein\/(receipts\/.*\.tmp|spool)$/.test(path);
}

function readJson(path: string): RawReceipt | undefined {
  try {
    return JSON.parse(Deno.readTextFileSync(path));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
