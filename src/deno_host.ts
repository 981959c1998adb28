/**
 * The host that the program runs on, as Deno provides it.
 *
 * A refusal by the runtime becomes a `NoLeaveError` here and nowhere else.
 */

import { createHash } from "node:crypto";
import { openDenoKeyboard } from "./deno_keyboard.ts";
import { DenoOutput } from "./deno_output.ts";
import type { EnvironmentName, OperatingSystem } from "./environment.ts";
import { InterruptedError, NoLeaveError } from "./errors.ts";
import type { FileFacts, FileSystem, Host, Lock, NewFile, OpenFile } from "./host.ts";

/**
 * What one thread does in the time that a second one takes to start, to compile what the first has
 * compiled already, and to tell what it found. Rows of many shapes are read at a tenth of the speed at
 * which all are searched.
 */
const WORTH_A_THREAD_BYTES = { read: 64 * 1000 * 1000, find: 400 * 1000 * 1000 };

/**
 * The host that the program runs on.
 * @param compiledRoots absolute paths that `scripts/compile.ts` built in; none for the agents' own
 * @param module The URL of the module that started the program; without one there is no second thread.
 */
export function denoHost(compiledRoots: readonly string[] = [], module?: string): Host {
  const os: OperatingSystem = Deno.build.os === "darwin" || Deno.build.os === "windows"
    ? Deno.build.os
    : "linux";
  const env = (name: EnvironmentName) => Deno.env.get(name) || undefined;
  return {
    os,
    env,
    files: denoFiles,
    ...(module === undefined || navigator.hardwareConcurrency < 2 ? {} : {
      secondThread: {
        start: (job) => new Worker(module, { type: "module" }).postMessage(job),
        worthBytes: WORTH_A_THREAD_BYTES,
      },
    }),
    stdout: new DenoOutput(Deno.stdout, 1),
    stderr: new DenoOutput(Deno.stderr, 2),
    cwd: Deno.cwd(),
    compiledRoots,
    allowsColor: !Deno.noColor,
    terminalSize: findTerminalSize,
    nowMs: () => {
      const epoch = Number(env("SOURCE_DATE_EPOCH") ?? NaN);
      return Number.isFinite(epoch) ? epoch * 1000 : Date.now();
    },
    elapsedMs: () => performance.now(),
    sleep: (ms) => new Promise((done) => setTimeout(done, ms)),
    // Ctrl-C ends the process at once, without asking.
    isStopped: () => false,
    newId: (purpose) => {
      const epoch = env("SOURCE_DATE_EPOCH");
      return epoch === undefined ? crypto.randomUUID() : deriveId(`${epoch} ${purpose}`);
    },
    readLine,
    openKeyboard: openDenoKeyboard,
    stdin: {
      get isTerminal() {
        return Deno.stdin.isTerminal();
      },
      read: (into) => Deno.stdin.readSync(into) ?? 0,
    },
    holdSignals,
    dropWritePermission: () => {
      Deno.permissions.revokeSync({ name: "write" });
    },
  };
}

/** The file system of the machine. */
export const denoFiles: FileSystem = {
  create: (path, mode) =>
    guarded(path, () => newFile(Deno.openSync(path, { write: true, createNew: true, mode }))),
  makeFolder: (path, mode) => guarded(path, () => Deno.mkdirSync(path, { recursive: true, mode })),
  rename: (from, to) => guarded(to, () => Deno.renameSync(from, to)),
  link: (from, to) => guarded(to, () => Deno.linkSync(from, to)),
  remove: (path) => guarded(path, () => Deno.removeSync(path)),
  syncFolder: (path) =>
    guarded(path, () => {
      const folder = Deno.openSync(path, { read: true });
      try {
        folder.syncSync();
      } finally {
        folder.close();
      }
    }),
  tryLock: (path) => guarded(path, () => lockFile(path)),
  lstat: (path) => guarded(path, () => factsOf(Deno.lstatSync(path))),
  realPath: (path) => guarded(path, () => Deno.realPathSync(path)),
  readFolder: (path) =>
    guarded(
      path,
      () =>
        Array.from(Deno.readDirSync(path), (entry) => ({ name: entry.name, type: typeOf(entry) }))
          .sort((a, b) => (a.name < b.name ? -1 : 1)),
    ),
  open: (path) => guarded(path, () => new DenoFile(Deno.openSync(path, { read: true }))),
};

class DenoFile implements OpenFile {
  readonly #file: Deno.FsFile;
  #position = 0;

  constructor(file: Deno.FsFile) {
    this.#file = file;
  }

  readAt(offset: number, into: Uint8Array): number {
    if (offset !== this.#position) this.#file.seekSync(offset, Deno.SeekMode.Start);
    const count = this.#file.readSync(into) ?? 0;
    this.#position = offset + count;
    return count;
  }

  stat(): FileFacts {
    return factsOf(this.#file.statSync());
  }

  close(): void {
    this.#file.close();
  }
}

function newFile(file: Deno.FsFile): NewFile {
  return {
    write: (bytes) => file.writeSync(bytes),
    sync: () => file.syncSync(),
    close: () => file.close(),
  };
}

function lockFile(path: string): Lock | undefined {
  const file = Deno.openSync(path, { read: true, write: true });
  if (file.tryLockSync(true)) return { release: () => file.close() };
  file.close();
  return undefined;
}

function guarded<T>(path: string, call: () => T): T {
  try {
    return call();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotCapable)) throw error;
    throw new NoLeaveError(
      `Cannot touch "${path}": outside the roots this binary was compiled for`,
      {
        hint: `to make one for it: deno task compile --root "${path}"`,
        cause: error,
      },
    );
  }
}

function factsOf(info: Deno.FileInfo): FileFacts {
  return {
    type: typeOf(info),
    sizeBytes: info.size,
    mtimeMs: info.mtime?.getTime() ?? 0,
    ctimeMs: (info.ctime ?? info.mtime)?.getTime() ?? 0,
    birthMs: info.birthtime?.getTime() ?? 0,
    dev: info.dev,
    ino: info.ino ?? 0,
    mode: (info.mode ?? 0o600) & 0o7777,
  };
}

function typeOf(
  entry: { isFile: boolean; isDirectory: boolean; isSymlink: boolean },
): FileFacts["type"] {
  if (entry.isSymlink) return "link";
  if (entry.isFile) return "file";
  return entry.isDirectory ? "folder" : "other";
}

function findTerminalSize(): { columns: number; rows: number } | undefined {
  try {
    const { columns, rows } = Deno.consoleSize();
    return columns > 0 ? { columns, rows } : undefined;
  } catch (error) {
    // No stream is a terminal, or the terminal does not know its size.
    if (error instanceof Error) return undefined;
    throw error;
  }
}

/** Reads to the end of a line; the terminal itself lets a person correct what is typed. */
function readLine(): string | undefined {
  const bytes: number[] = [];
  const byte = new Uint8Array(1);
  while ((Deno.stdin.readSync(byte) ?? 0) > 0) {
    if (byte[0] === 0x0a) return new TextDecoder().decode(Uint8Array.from(bytes));
    bytes.push(byte[0] ?? 0);
  }
  return bytes.length === 0 ? undefined : new TextDecoder().decode(Uint8Array.from(bytes));
}

async function holdSignals<T>(step: () => T): Promise<T> {
  let isInterrupted = false;
  const note = () => {
    isInterrupted = true;
  };
  const signals: readonly Deno.Signal[] = Deno.build.os === "windows"
    ? ["SIGINT"]
    : ["SIGINT", "SIGTERM", "SIGHUP"];
  for (const signal of signals) Deno.addSignalListener(signal, note);
  try {
    const result = step();
    // A listener runs when the program waits: so it waits once for what came in the meantime.
    await new Promise((done) => setTimeout(done, 0));
    if (isInterrupted) throw new InterruptedError();
    return result;
  } finally {
    for (const signal of signals) Deno.removeSignalListener(signal, note);
  }
}

/** A UUID of version 4 that follows from a text. */
export function deriveId(text: string): string {
  const hex = createHash("sha256").update(text).digest("hex");
  const variant = ((parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    variant + hex.slice(17, 20),
    hex.slice(20, 32),
  ].join("-");
}
