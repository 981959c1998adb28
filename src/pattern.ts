/**
 * What is searched for: a fixed text or a regular expression, held against one line at a time.
 *
 * Both are matched as JavaScript matches with the `u` flag, and where case is ignored by its rules of
 * folding, so that the Kelvin sign is a k. A match never reaches over the end of a line.
 */

/** A pattern as it was typed, and how it is to be read. */
export interface PatternOptions {
  readonly isRegex: boolean;
  readonly ignoresCase: boolean;
}

/** Where a line matches, in UTF-16 units from its start. */
export interface Match {
  readonly start: number;
  readonly end: number;
}

/** A line of a text that matches. */
export interface MatchingLine {
  readonly text: string;
  /** In order; without those that match nothing, as `x*` may. */
  readonly matches: readonly Match[];
}

/** A pattern that lines can be held against. */
export interface Pattern {
  /** Texts of which every line that matches holds all, letter case aside where it is ignored. */
  readonly required: readonly string[];
  readonly ignoresCase: boolean;
  /** Gives the lines of a text that match, in order. */
  findLines(text: string): Generator<MatchingLine>;
}

/** A line ends where terminals and editors end it, and as `neutralize` has it. */
const LINE_END = /\r\n?|\n/;

/**
 * Reads a pattern.
 * @throws SyntaxError saying what is wrong with a regular expression.
 */
export function parsePattern(
  source: string,
  { isRegex, ignoresCase }: PatternOptions,
): Pattern {
  const flags = ignoresCase ? "iu" : "u";
  const expression = new RegExp(isRegex ? source : escapeSyntax(source), `g${flags}`);
  const mayMatch = isRegex || ignoresCase
    ? makeFirstLook(expression.source, flags)
    : (text: string) => text.includes(source);
  return {
    required: isRegex ? listRequired(source) : [source],
    ignoresCase,
    *findLines(text) {
      if (!mayMatch(text)) return;
      for (const line of text.split(LINE_END)) {
        const matches = mayMatch(line) ? findMatches(expression, line) : [];
        if (matches.length === 0) continue;
        yield { text: line, matches: matches.filter(({ start, end }) => start < end) };
      }
    },
  };
}

/**
 * A look at a whole text, which spares most texts from being split into lines. What matches a line
 * matches the text too, but for an expression that looks at what stands around: it may look further.
 */
function makeFirstLook(source: string, flags: string): (text: string) => boolean {
  if (/\(\?(?!:)/.test(source)) return () => true;
  const expression = new RegExp(source, `m${flags}`);
  return (text) => expression.test(text);
}

function findMatches(expression: RegExp, line: string): readonly Match[] {
  expression.lastIndex = 0;
  if (!expression.test(line)) return [];
  expression.lastIndex = 0;
  return Array.from(
    line.matchAll(expression),
    ({ 0: { length }, index }) => ({ start: index, end: index + length }),
  );
}

function escapeSyntax(text: string): string {
  return text.replace(/[\^$\\.*+?()[\]{}|/]/g, "\\$&");
}

/** A letter of an expression, or what stands for another or for none; and how often it stands. */
const TOKEN = new RegExp(
  String.raw`(?:(?<letter>[^\\^$.*+?()[\]{}|])|\\(?<escaped>[\^$\\.*+?()[\]{}|/])|` +
    String.raw`(?<other>[\^$.]|\[(?:\\.|[^\]\\])*\]|(?<group>\()|\\(?:[pPu]\{[^}]*\}|` +
    String.raw`u[\da-fA-F]{4}|x[\da-fA-F]{2}|k<[^>]*>|c[a-zA-Z]|\d+|[bBdDsSwWfnrtv])))` +
    String.raw`(?<repeat>[*+?]|\{\d+(?:,\d*)?\})?`,
  "uy",
);
const REPEAT = /(?:[*+?]|\{\d+(?:,\d*)?\})?\??/uy;
const BRACKETS = /\\.|\[(?:\\.|[^\]\\])*\]|[()]/gu;

/**
 * The texts that stand in every match of an expression that is sound: what is in no group, class or
 * choice, and no repeat that may be none.
 */
function listRequired(source: string): readonly string[] {
  const found = [""];
  for (let at = 0; at < source.length;) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(source);
    // A choice at the top, or what is not known here.
    if (match === null) return [];
    const [token] = match;
    const { letter, escaped, group, repeat } = match.groups ?? {};
    at = group === undefined ? at + token.length : findGroupEnd(source, at);
    if (group !== undefined || repeat !== undefined) {
      REPEAT.lastIndex = at;
      at += REPEAT.exec(source)?.[0].length ?? 0;
    }
    const text = letter ?? escaped;
    if (text !== undefined && (repeat === undefined || repeat === "+")) {
      found.push((found.pop() ?? "") + text);
    }
    if (text === undefined || repeat !== undefined) found.push("");
  }
  return found.filter((text) => text !== "");
}

/** Where the group ends that opens at a place. */
function findGroupEnd(source: string, start: number): number {
  let depth = 0;
  BRACKETS.lastIndex = start;
  for (let match = BRACKETS.exec(source); match !== null; match = BRACKETS.exec(source)) {
    const [bracket] = match;
    if (bracket === "(") depth++;
    if (bracket === ")" && --depth === 0) break;
  }
  return BRACKETS.lastIndex;
}
