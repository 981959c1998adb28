/** A host whose person is told what takes long: what is read counts, what is written makes way. */

import { countReads } from "./counted_files.ts";
import type { Host } from "./host.ts";
import { ProgressLine } from "./progress.ts";

/** A host for the block that declares it with `using`. */
export interface HostWithProgress extends Disposable {
  readonly host: Host;
}

/** Gives the same host with a line of progress on the terminal that standard error is. */
export function withProgress(host: Host): HostWithProgress {
  const line = new ProgressLine(host);
  const { os, env, cwd, compiledRoots, allowsColor, secondThread } = host;
  return {
    [Symbol.dispose]: () => line.clear(),
    host: {
      os,
      env,
      cwd,
      compiledRoots,
      allowsColor,
      ...(secondThread === undefined ? {} : { secondThread }),
      files: countReads(host.files, line),
      stdout: line.watch(host.stdout),
      stderr: line.watch(host.stderr),
      stdin: {
        isTerminal: host.stdin.isTerminal,
        read: (into) => {
          const count = host.stdin.read(into);
          line.countBytes(count);
          return count;
        },
      },
      progress: line,
      openKeyboard: () => host.openKeyboard(),
      readLine: () => {
        const typed = host.readLine();
        if (typed !== undefined) line.noteAnswer();
        return typed;
      },
      terminalSize: () => host.terminalSize(),
      nowMs: () => host.nowMs(),
      elapsedMs: () => host.elapsedMs(),
      sleep: (ms) => host.sleep(ms),
      isStopped: () => host.isStopped(),
      dropWritePermission: () => host.dropWritePermission(),
      newId: (purpose) => host.newId(purpose),
      holdSignals: (step) => host.holdSignals(step),
    },
  };
}
