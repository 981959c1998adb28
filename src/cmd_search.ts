/**
 * `skein search`: the lines of messages that match a pattern, in all sessions, newest first.
 *
 * Messages are those that `show` numbers, and bear the same numbers. A file that cannot be read, and a
 * damaged one, is told only when its bytes say that something in it might have matched.
 */

import { sayNoneFound, warnOfDamage } from "./account.ts";
import type { CommandBody, CommandContext, Outcome } from "./command.ts";
import { UsageError } from "./errors.ts";
import { FILTER_FLAGS, filterSessions } from "./filters.ts";
import { parsePattern, type Pattern } from "./pattern.ts";
import { findShortLength } from "./reference.ts";
import { renderHit, renderHitCount, renderHitHeading, renderHitLine } from "./render_hit.ts";
import { formatJsonLine } from "./json_line.ts";
import { toHitJson } from "./render_json.ts";
import { type Hit, Search, type Searchable } from "./search.ts";
import { cannotRead } from "./store.ts";
import { formatCount, neutralize, toVisibleLine } from "./text.ts";
import { ROLES, type Session } from "./transcript.ts";
import type { Candidate, Skipped } from "./walk.ts";

/** The command. */
export const search: CommandBody = {
  operands: "PATTERN",
  arity: [1, 1],
  writes: false,
  cache: "keep",
  flags: [
    { name: "regex", short: "E", about: "take PATTERN as a JavaScript regular expression" },
    { name: "ignore-case", short: "i", about: "match letters in either case" },
    { name: "role", value: "ROLE", choices: ROLES, about: "only messages of this role" },
    ...FILTER_FLAGS,
    { name: "limit", short: "n", value: "N", about: "print at most this many lines" },
    { name: "count", short: "c", about: "print how many lines match in each session" },
    { name: "files", short: "l", about: "print the paths of sessions that match" },
    { name: "json", about: "print one JSON object a line (skein.hit/1)" },
  ],
  examples: [
    ['"nose angle"', "where these words were said, thought, or given to a tool"],
    ["-i todo --role user --since 7d", "what people asked for in the last week"],
    ["--regex 'error: .* not found' --cwd .", "an error that this folder has seen before"],
    ["--files sk-live", "sessions that hold a secret, for another program"],
  ],
  run,
};

/** Prints the hits in one session; gives how many lines it printed. */
type Print = (session: Session, hits: Iterable<Hit>, most: number) => number;

function run(context: CommandContext): Outcome {
  const { args: [source = ""], flags, host, store, talk } = context;
  flags.refuseTogether("count", "files", "json");
  const limit = flags.count("limit", 1) ?? Infinity;
  const role = ROLES.find((candidate) => candidate === flags.text("role"));
  const finder = new Search(host, store, readPattern(source, flags.has("regex"), context));
  // What the filters cannot read is an error before anything is read.
  filterSessions([], context);

  const { candidates, skipped } = store.findFiles();
  const failures = new Map(
    skipped.filter(({ isFailure }) => isFailure).map((file) => [file.path, file]),
  );
  const chosen = choose(candidates, { finder, failures, context });
  const print = printerFor(context, chosen);
  let printed = 0;
  for (const { session, hits } of finder.search(chosen, role)) {
    if (printed >= limit) break;
    printed += print(session, hits, limit - printed);
  }
  if (candidates.length === 0) sayNoneFound({ sessions: [] }, store.roots, talk);
  else if (printed === 0) talk.note(`None of ${formatCount(candidates.length, "file")} matches`);
  for (const { path, reason } of failures.values()) talk.warning(`${path}: ${reason}`);
  const outcome = warnOfDamage(chosen.map(({ session }) => session), talk);
  return failures.size > 0 ? "partial" : outcome;
}

function readPattern(source: string, isRegex: boolean, { flags }: CommandContext): Pattern {
  if (source === "") {
    throw new UsageError("An empty pattern would match every line", {
      hint: "skein show SESSION prints every line",
    });
  }
  if (/[\r\n]/.test(source)) {
    throw new UsageError("A pattern is matched within a line, so it cannot hold a line ending", {
      hint: "search for one of its lines",
    });
  }
  try {
    return parsePattern(source, { isRegex, ignoresCase: flags.has("ignore-case") });
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const reason = /[^:]*$/.exec(error.message)?.[0].trim().toLowerCase() ?? error.message;
    throw new UsageError(`Cannot read the pattern "${source}": ${reason}`, {
      hint: "without --regex it is taken as it is",
      cause: error,
    });
  }
}

interface ChooseOptions {
  readonly finder: Search;
  /** Takes up the files that cannot be read, by their paths. */
  readonly failures: Map<string, Skipped>;
  readonly context: CommandContext;
}

/** The sessions that may match and that the filters let through, newest first. */
function choose(
  candidates: readonly Candidate[],
  { finder, failures, context }: ChooseOptions,
): readonly Searchable[] {
  const found = new Map<Session, Searchable>();
  for (const opened of finder.open(candidates)) {
    if (!("reason" in opened)) found.set(opened.session, opened);
    else if (context.store.roots.includes(opened.path)) {
      throw cannotRead(opened);
    } else if (opened.isFailure) failures.set(opened.path, opened);
  }
  return filterSessions([...found.keys()], context)
    .flatMap((session) => found.get(session) ?? []);
}

function printerFor(context: CommandContext, chosen: readonly Searchable[]): Print {
  const { host: { stdout }, flags, style, width } = context;
  // Asked once, for it is a call to the system.
  const { isTerminal } = stdout;
  const handles = chosen.map(({ session }) => session.handle);
  const options = { style, width, idLength: findShortLength(handles) };
  if (flags.has("files")) {
    return (session, hits) => {
      for (const _ of hits) {
        stdout.write(`${toVisibleLine(session.path)}\n`);
        return 1;
      }
      return 0;
    };
  }
  if (flags.has("count")) {
    return (session, hits) => {
      const count = Array.from(hits, () => 0).length;
      if (count === 0) return 0;
      stdout.write(
        isTerminal
          ? `${renderHitCount(session, count, options)}\n`
          : `${neutralize(session.handle)}:${count}\n`,
      );
      return 1;
    };
  }
  let sessions = 0;
  const start = (session: Session) => {
    if (!isTerminal || flags.has("json")) return;
    stdout.write(`${sessions++ > 0 ? "\n" : ""}${renderHitHeading(session, options)}\n`);
  };
  const render = (session: Session, hit: Hit) => {
    if (flags.has("json")) return formatJsonLine(toHitJson(session, hit));
    return `${isTerminal ? renderHit(hit, options) : renderHitLine(session, hit)}\n`;
  };
  return (session, hits, most) => {
    let count = 0;
    for (const hit of hits) {
      if (count === 0) start(session);
      stdout.write(render(session, hit));
      if (++count >= most) break;
    }
    return count;
  };
}
