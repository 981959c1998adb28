/**
 * The outside world as the rest of the program sees it: files, environment, clock, terminal.
 *
 * Everything comes through a `Host`, so that tests can give another one: with a clock that stands
 * still, or with files that fail at any call.
 */

import type { Places } from "./environment.ts";
import type { ByteSource } from "./rows.ts";

/** What a path is, without following a link at its end. */
export interface FileFacts {
  readonly type: "file" | "folder" | "link" | "other";
  readonly sizeBytes: number;
  readonly mtimeMs: number;
  /**
   * When anything of it changed, by the system's own clock, in whole seconds as Deno tells it; the
   * same as `mtimeMs` where the system does not tell.
   */
  readonly ctimeMs: number;
  /** When it came to be; 0 where the system does not tell. An inode may be another file's later. */
  readonly birthMs: number;
  /** Device and inode, which together tell one file from another. */
  readonly dev: number;
  readonly ino: number;
  /** Permission bits, such as 0o600. */
  readonly mode: number;
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

/** A new file that is open for writing. */
export interface NewFile {
  /** Writes some of the bytes, the first ones; gives their number. */
  write(bytes: Uint8Array): number;
  /** Waits until everything written is on the disk. */
  sync(): void;
  close(): void;
}

/** The lock of one process over a file; the end of the process releases it. */
export interface Lock {
  release(): void;
}

/** The calls to the file system that skein makes; each throws what `Deno.errors` has for it. */
export interface FileSystem {
  lstat(path: string): FileFacts;
  realPath(path: string): string;
  /** Entries in the order of their names. */
  readFolder(path: string): readonly FolderEntry[];
  open(path: string): OpenFile;
  /** Makes a file that must not exist yet. */
  create(path: string, mode: number): NewFile;
  /** Makes a folder and those above it, as far as they are missing. */
  makeFolder(path: string, mode: number): void;
  /** Moves a file within its file system; a file at the new path is lost. */
  rename(from: string, to: string): void;
  /** Gives a file a second name, which must not exist yet. */
  link(from: string, to: string): void;
  /** Removes a file or an empty folder. */
  remove(path: string): void;
  /** Waits until the names in a folder are on the disk. */
  syncFolder(path: string): void;
  /** Locks a file; undefined when another process holds its lock. */
  tryLock(path: string): Lock | undefined;
}

/** Where output goes: collected, and written in large pieces. */
export interface Output {
  readonly isTerminal: boolean;
  /** Whether it is a file on the disk: then nobody shows what is written while it is written. */
  readonly isFile: boolean;
  /** Writes text or bytes as they are; throws `ClosedPipeError` when the reader has gone. */
  write(data: string | Uint8Array): void;
  /** Sends on what was collected. */
  flush(): void;
}

/** What comes in from a pipe or a keyboard. */
export interface StandardInput {
  readonly isTerminal: boolean;
  /** Reads the next bytes; gives their number, 0 at the end. */
  read(into: Uint8Array): number;
}

/** Something that may take long, as a person is told of it. */
export interface Work {
  /** What is being done: "Reading sessions". */
  readonly what: string;
  /** How many files it is about, where that is known. */
  readonly files?: number;
  /** How many bytes are to be read for it, where that is known. */
  readonly bytes?: number;
}

/** How much of a work is done. */
export interface WorkCount {
  readonly files: number;
  readonly bytes: number;
}

/** Work that is under way, to the end of the block that declares it with `using`. */
export interface RunningWork extends Disposable {
  /** Notes that so many files more are done. */
  countFiles(count: number): void;
  /** Notes that so many bytes more were read; those of the host's files are noted by themselves. */
  countBytes(count: number): void;
  /** Takes a way to see what a helper has done of it. */
  watchHelper(look: () => WorkCount): void;
}

/** Tells a person what takes long. */
export interface Progress {
  /** Begins work, within that which is under way. */
  begin(work: Work): RunningWork;
}

/** What happens at a keyboard that is read key by key. */
export type TerminalEvent =
  /** Keys were pressed; their bytes may end in the middle of one. */
  | { readonly type: "bytes"; readonly bytes: Uint8Array }
  /** The terminal has another size, or the program goes on after a stop: all is to be drawn anew. */
  | { readonly type: "redraw" }
  /** Nothing happened for as long as was asked for. */
  | { readonly type: "pause" }
  /** The system asks the program to end, or nobody can type any more. */
  | { readonly type: "end" };

/** The keyboard of a terminal that neither shows what is typed nor obeys it, until it is closed. */
export interface Keyboard {
  /** Waits for what happens next, for a time in milliseconds if one is given. */
  next(pauseMs?: number): Promise<TerminalEvent>;
  /** Gives the terminal back as it was. */
  close(): void;
}

/** A second thread of the program, which helps with what there is much of (`second_thread.ts`). */
export interface SecondThread {
  /** Starts it, and gives it a job. */
  readonly start: (job: object) => void;
  /** How many bytes at least have to be read into sessions, or searched, for its help to be worth it. */
  readonly worthBytes: Readonly<Record<"read" | "find", number>>;
}

/** Everything outside of the program. */
export interface Host extends Places {
  readonly files: FileSystem;
  /** Absent where there is one core, or no module that a thread could start from. */
  readonly secondThread?: SecondThread;
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
  /** Milliseconds since some moment, whatever the time is taken for: only for lengths of time. */
  elapsedMs(): number;
  /** Absent where nobody is to be told. */
  readonly progress?: Progress;
  sleep(ms: number): Promise<void>;
  /** Tells a command that runs on and on that it is to end. */
  isStopped(): boolean;
  /** Gives up the leave to write, for good. */
  dropWritePermission(): void;
  /**
   * A new id for a session, a UUID of version 4. When the time is fixed for repeatable output, it
   * follows from the time and from what it is for; else no other process will draw it.
   */
  newId(purpose: string): string;
  /** Reads one line that a person types; undefined at the end of input. */
  readLine(): string | undefined;
  /** Takes over the keyboard of the terminal that standard input is. */
  openKeyboard(): Keyboard;
  /** Standard input, to be read from its start to its end, once. */
  readonly stdin: StandardInput;
  /**
   * Runs a step that must not be torn apart, during which Ctrl-C and its like have to wait.
   * @throws InterruptedError after the step, when one of them came
   */
  holdSignals<T>(step: () => T): Promise<T>;
}
