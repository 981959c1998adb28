/**
 * Real files, but one call of a run goes wrong: it fails, does half of its work, or is the last one
 * that the process makes.
 *
 * Calls are counted from 0, reading ones too, so that a run without a fault tells at which calls a
 * fault can come. A process that dies makes no further call, not even to clean up; its files and
 * locks are closed by `end`, as the system would. Nothing is synced for real, for that is slow and
 * shows nothing: what a power loss would take is taken by `power_loss.ts`.
 */

import { denoHost } from "../src/deno_host.ts";
import type { FileFacts, FileSystem, FolderEntry, Lock, NewFile, OpenFile } from "../src/host.ts";
import type { Forgotten, PowerLoss } from "./power_loss.ts";

/** What goes wrong at a call; `late` means that the call is carried out before it fails. */
export type FaultKind =
  | "full"
  | "broken"
  | "denied"
  | "late"
  | "half"
  | "short"
  | "killed late"
  | "killed half"
  | "power all"
  | "power given"
  | "power taken"
  | "power none";

/** One thing that goes wrong. */
export interface Fault {
  /** The number of the call, from 0. */
  readonly call: number;
  readonly kind: FaultKind;
}

/** The calls that are counted; `end` is no call but the moment after the last one. */
export type CallName =
  | Exclude<keyof FileSystem, "tryLock">
  | "readAt"
  | "write"
  | "sync"
  | "close"
  | "lock"
  | "release"
  | "end";

/** A call that was made. */
export interface Call {
  readonly name: CallName;
  readonly path: string;
}

/** Calls that change nothing. */
const READING: readonly CallName[] = ["lstat", "realPath", "readFolder", "open", "readAt"];

/** Thrown at the call where the process dies, and at every one that its clean-up tries to make. */
export class Killed extends Error {
  override readonly name = "Killed";
}

/** The kinds of fault that mean something at a call. */
export function faultKindsAt({ name }: Call): readonly FaultKind[] {
  const power = ["power all", "power given", "power taken", "power none"] as const;
  if (name === "end") return power;
  if (name === "open" || name === "readFolder") return ["broken", "denied"];
  if (READING.includes(name)) return ["broken"];
  // To die before a call is to die after the last one that changed something.
  if (name === "release") return ["killed late"];
  // Writing and closing change no names: what a disk forgets of these was tried before.
  if (name === "write") {
    return ["broken", "killed late", "power none", "full", "late", "half", "short", "killed half"];
  }
  if (name === "close") return ["broken", "killed late", "power none", "late"];
  const kinds = ["broken", "killed late", ...power] as const;
  if (name === "sync" || name === "syncFolder") return [...kinds, "late"];
  return name === "create" ? [...kinds, "full", "denied"] : [...kinds, "full", "denied", "late"];
}

/** The error that the system has for a kind of fault. */
export function faultError(kind: FaultKind | "read-only"): Error {
  if (kind === "denied") return new Deno.errors.PermissionDenied("no leave (os error 13)");
  if (kind === "full" || kind === "half") return new Error("No space left (os error 28)");
  if (kind === "read-only") return new Error("Read-only file system (os error 30)");
  return new Error("Input/output error (os error 5)");
}

/** What a run on faulty files needs. */
export interface FaultyFilesOptions {
  readonly fault?: Fault | undefined;
  /** Keeps account for a loss of power; without it there is none. */
  readonly power?: PowerLoss | undefined;
  /** Runs before each call: the place for another process to interfere. */
  readonly onCall?: (call: Call) => unknown;
}

/** A file system for one run of one process. */
export class FaultyFiles implements FileSystem {
  /** The calls made so far. */
  readonly calls: Call[] = [];
  readonly #base = denoHost().files;
  readonly #fault: Fault | undefined;
  readonly #power: PowerLoss | undefined;
  readonly #onCall: (call: Call) => unknown;
  /** What the system closes when the process ends. */
  readonly #open = new Set<{ close(): void }>();
  #isDead = false;

  /** Starts to count. */
  constructor({ fault, power, onCall = () => {} }: FaultyFilesOptions = {}) {
    this.#fault = fault;
    this.#power = power;
    this.#onCall = onCall;
  }

  /** True when the fault came. */
  get hasStruck(): boolean {
    const { call = Infinity, kind = "" } = this.#fault ?? {};
    return call < this.calls.length || (call === this.calls.length && kind.startsWith("power"));
  }

  /** True when the process died at its fault. */
  get isDead(): boolean {
    return this.#isDead;
  }

  /** Ends the process: closes what it left open; a fault after the last call comes now. */
  end(): void {
    for (const file of this.#open) file.close();
    this.#open.clear();
    const { call, kind } = this.#fault ?? {};
    if (call === this.calls.length && kind !== undefined && !this.#isDead) this.#strike(kind);
  }

  lstat(path: string): FileFacts {
    return this.#call({ name: "lstat", path }, () => this.#base.lstat(path));
  }

  realPath(path: string): string {
    return this.#call({ name: "realPath", path }, () => this.#base.realPath(path));
  }

  readFolder(path: string): readonly FolderEntry[] {
    return this.#call({ name: "readFolder", path }, () => this.#base.readFolder(path));
  }

  open(path: string): OpenFile {
    const file = this.#call({ name: "open", path }, () => this.#keepOpen(this.#base.open(path)));
    return {
      readAt: (offset, into) =>
        this.#call({ name: "readAt", path }, () => file.readAt(offset, into)),
      stat: () => file.stat(),
      close: () => this.#close(file),
    };
  }

  create(path: string, mode: number): NewFile {
    const file = this.#call({ name: "create", path }, () => {
      const made = this.#keepOpen(this.#base.create(path, mode));
      this.#power?.created(path);
      return made;
    });
    return {
      write: (bytes) => this.#write(path, { file, bytes }),
      sync: () => this.#call({ name: "sync", path }, () => this.#power?.synced(path)),
      close: () => this.#call({ name: "close", path }, () => this.#close(file), "ends"),
    };
  }

  makeFolder(path: string, mode: number): void {
    this.#call({ name: "makeFolder", path }, () => {
      this.#base.makeFolder(path, mode);
      this.#power?.madeFolder(path);
    });
  }

  rename(from: string, to: string): void {
    this.#call({ name: "rename", path: to }, () => {
      this.#power?.renaming(from, to);
      this.#base.rename(from, to);
    });
  }

  link(from: string, to: string): void {
    this.#call({ name: "link", path: to }, () => {
      this.#base.link(from, to);
      this.#power?.linked(to);
    });
  }

  remove(path: string): void {
    this.#call({ name: "remove", path }, () => {
      this.#power?.removing(path);
      this.#base.remove(path);
    });
  }

  syncFolder(path: string): void {
    this.#call({ name: "syncFolder", path }, () => this.#power?.syncedFolder(path));
  }

  tryLock(path: string): Lock | undefined {
    const held = this.#call({ name: "lock", path }, () => {
      const lock = this.#base.tryLock(path);
      return lock && this.#keepOpen({ close: () => lock.release() });
    });
    if (held === undefined) return undefined;
    return {
      release: () => this.#call({ name: "release", path }, () => this.#close(held), "ends"),
    };
  }

  /** Makes a call; one that ends something does so even when it fails, as `close` does. */
  #call<T>(call: Call, act: () => T, effect?: "ends"): T {
    if (this.#isDead) throw new Killed();
    const isFaulty = this.calls.length === this.#fault?.call;
    this.calls.push(call);
    this.#onCall(call);
    const kind = this.#fault?.kind;
    if (!isFaulty || kind === undefined || kind === "short") return act();
    if (kind === "killed half" || kind.startsWith("power")) this.#die(kind);
    if (kind === "late" || kind === "killed late" || effect === "ends") act();
    if (kind === "killed late") this.#die(kind);
    throw faultError(kind);
  }

  #write(
    path: string,
    { file, bytes }: { readonly file: NewFile; readonly bytes: Uint8Array },
  ): number {
    const kind = this.calls.length === this.#fault?.call ? this.#fault.kind : undefined;
    const isHalf = kind === "half" || kind === "short" || kind === "killed half";
    const part = bytes.subarray(0, Math.ceil(bytes.length / 2));
    if (isHalf && kind !== "short" && !this.#isDead) file.write(part);
    return this.#call({ name: "write", path }, () => file.write(isHalf ? part : bytes));
  }

  #die(kind: FaultKind): never {
    this.#isDead = true;
    this.#strike(kind);
    throw new Killed();
  }

  #strike(kind: FaultKind): void {
    const [cause, forgotten] = kind.split(" ");
    if (cause === "power") this.#power?.strike(toForgotten(forgotten));
  }

  #keepOpen<T extends { close(): void }>(file: T): T {
    this.#open.add(file);
    return file;
  }

  #close(file: { close(): void }): void {
    if (this.#open.delete(file)) file.close();
  }
}

function toForgotten(word: string | undefined): Forgotten {
  return word === "all" || word === "given" || word === "taken" ? word : "none";
}
