/**
 * The outside world, as an interface and as Deno provides it: files, environment, clock, terminal.
 *
 * Everything that the rest of the program knows of the world comes through a `Host`, so that tests
 * can give it another one. A refusal by the runtime becomes a `RefusedError` here and nowhere else.
 */

import { ClosedPipeError, RefusedError } from "./errors.ts";
import type { EnvironmentName, OperatingSystem, Places } from "./environment.ts";
import type { ByteSource } from "./rows.ts";

/** What a path is, without following a link at its end. */
export interface FileFacts {
  readonly type: "file" | "folder" | "link" | "other";
  readonly sizeBytes: number;
  readonly mtimeMs: number;
  /** Device and inode, which together tell one file from another. */
  readonly dev: number;
  readonly ino: number;
}

/** One entry of a folder. */
export interface FolderEntry {
  readonly name: string;
  readonly type: FileFacts["type"];
}

/** A file that is open for reading. */
export interface OpenFile extends ByteSource {
  stat(): FileFacts;
  close(): void;
}

/** The calls to the file system that reading needs; each throws what `Deno.errors` has for it. */
export interface FileSystem {
  lstat(path: string): FileFacts;
  realPath(path: string): string;
  /** Entries in the order of their names. */
  readFolder(path: string): readonly FolderEntry[];
  open(path: string): OpenFile;
}

/** Where output goes: collected, and written in large pieces. */
export interface Output {
  readonly isTerminal: boolean;
  /** Writes text or bytes as they are; throws `ClosedPipeError` when the reader has gone. */
  write(data: string | Uint8Array): void;
  /** Sends on what was collected. */
  flush(): void;
}

/** Everything outside of the program. */
export interface Host extends Places {
  readonly files: FileSystem;
  readonly stdout: Output;
  readonly stderr: Output;
  /** The folder that relative paths start from. */
  readonly cwd: string;
  /** The roots that the binary was compiled for, to look in unless others are named; often none. */
  readonly compiledRoots: readonly string[];
  /** False where the person asked for no colour, with NO_COLOR. */
  readonly allowsColor: boolean;
  /** Size of the terminal in cells; undefined where there is none. */
  terminalSize(): { readonly columns: number; readonly rows: number } | undefined;
  /** Milliseconds since 1970. */
  nowMs(): number;
  sleep(ms: number): Promise<void>;
  /** Tells a command that runs on and on that it is to end. */
  isStopped(): boolean;
  /** Gives up the leave to write, for good. */
  dropWritePermission(): void;
}

/** Bytes collected before they are written. */
const OUTPUT_BUFFER = 64 * 1024;

/**
 * The host that the program runs on.
 * @param compiledRoots absolute paths that `scripts/compile.ts` built in; none for the agents' own
 */
export function denoHost(compiledRoots: readonly string[] = []): Host {
  const os: OperatingSystem = Deno.build.os === "darwin" || Deno.build.os === "windows"
    ? Deno.build.os
    : "linux";
  const env = (name: EnvironmentName) => Deno.env.get(name) || undefined;
  return {
    os,
    env,
    files: denoFiles,
    stdout: new DenoOutput(Deno.stdout),
    stderr: new DenoOutput(Deno.stderr),
    cwd: Deno.cwd(),
    compiledRoots,
    allowsColor: !Deno.noColor,
    terminalSize: findTerminalSize,
    nowMs: () => {
      const epoch = Number(env("SOURCE_DATE_EPOCH") ?? NaN);
      return Number.isFinite(epoch) ? epoch * 1000 : Date.now();
    },
    sleep: (ms) => new Promise((done) => setTimeout(done, ms)),
    // Ctrl-C ends the process at once, without asking.
    isStopped: () => false,
    dropWritePermission: () => {
      Deno.permissions.revokeSync({ name: "write" });
    },
  };
}

const denoFiles: FileSystem = {
  lstat: (path) => guarded(path, () => factsOf(Deno.lstatSync(path))),
  realPath: (path) => guarded(path, () => Deno.realPathSync(path)),
  readFolder: (path) =>
    guarded(path, () =>
      [...Deno.readDirSync(path)]
        .map((entry) => ({ name: entry.name, type: typeOf(entry) }))
        .sort((a, b) => (a.name < b.name ? -1 : 1))),
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

class DenoOutput implements Output {
  readonly #stream: typeof Deno.stdout;
  readonly #encoder = new TextEncoder();
  readonly #buffer = new Uint8Array(OUTPUT_BUFFER);
  #used = 0;

  constructor(stream: typeof Deno.stdout) {
    this.#stream = stream;
  }

  get isTerminal(): boolean {
    return this.#stream.isTerminal();
  }

  write(data: string | Uint8Array): void {
    const bytes = typeof data === "string" ? this.#encoder.encode(data) : data;
    if (this.#used + bytes.length > OUTPUT_BUFFER) this.flush();
    if (bytes.length > OUTPUT_BUFFER) return this.#send(bytes);
    this.#buffer.set(bytes, this.#used);
    this.#used += bytes.length;
  }

  flush(): void {
    const used = this.#used;
    this.#used = 0;
    this.#send(this.#buffer.subarray(0, used));
  }

  #send(bytes: Uint8Array): void {
    try {
      for (let sent = 0; sent < bytes.length;) sent += this.#stream.writeSync(bytes.subarray(sent));
    } catch (error) {
      // A reader that has seen enough, as `head` does, is no failure of ours.
      if (error instanceof Deno.errors.BrokenPipe) throw new ClosedPipeError(error);
      throw error;
    }
  }
}

function guarded<T>(path: string, call: () => T): T {
  try {
    return call();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotCapable)) throw error;
    throw new RefusedError(
      `Cannot read "${path}": outside the roots this binary was compiled for`,
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
    dev: info.dev,
    ino: info.ino ?? 0,
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
