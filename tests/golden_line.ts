/**
 * Parses the command lines of a golden file.
 *
 * No shell is involved, so that a golden file means the same everywhere: there are words, quotes,
 * variables in front, `~` for the home folder, and `| head -N` at the end. Anything else a shell
 * knows is refused rather than passed on as text.
 */

/** A command line, taken apart. */
export interface CommandLine {
  /** Variables set for this command alone. */
  readonly env: Readonly<Record<string, string>>;
  /** The command's name and its arguments, quotes removed. */
  readonly words: readonly string[];
  /** How many lines the reader takes before it leaves; undefined when it reads everything. */
  readonly headLines: number | undefined;
}

interface Word {
  readonly text: string;
  /** False where a part stood in quotes, which keeps `|` and `~` from meaning anything. */
  readonly isPlain: boolean;
}

const WORD = /(?:[^\s'"]|'[^']*'|"[^"]*")+/g;
const SHELL_CHARACTERS = /[\\$`;&<>*?(){}]/;
const VARIABLE = /^([A-Z_][A-Z0-9_]*)=(.*)$/s;

/**
 * Takes a command line apart.
 *
 * @param home What a leading `~` stands for.
 * @throws Error for a quote left open and for what only a shell would understand.
 */
export function parseCommandLine(line: string, home: string): CommandLine {
  const words = splitWords(line);
  const bar = words.findIndex((word) => word.isPlain && word.text === "|");
  const command = bar < 0 ? words : words.slice(0, bar);
  const env: Record<string, string> = {};
  let first = 0;
  for (; first < command.length; first++) {
    const [, name, value] = VARIABLE.exec(command[first]?.text ?? "") ?? [];
    if (name === undefined || value === undefined) break;
    env[name] = value;
  }
  return {
    env,
    words: command.slice(first).map((word) =>
      word.isPlain ? expandHome(word.text, home) : word.text
    ),
    headLines: bar < 0 ? undefined : parseHead(words.slice(bar + 1), line),
  };
}

function splitWords(line: string): readonly Word[] {
  if (line.replaceAll(WORD, "").trim() !== "") {
    throw new Error(`Cannot parse "${line}": a quote is left open`);
  }
  return (line.match(WORD) ?? []).map((raw) => {
    const bare = raw.replaceAll(/'[^']*'|"[^"]*"/g, "");
    if (SHELL_CHARACTERS.test(bare) || (bare.includes("|") && raw !== "|")) {
      throw new Error(`Cannot parse "${line}": there is no shell here`);
    }
    const text = raw.replaceAll(/'([^']*)'|"([^"]*)"/g, (_, single, double) => single ?? double);
    return { text, isPlain: bare === raw };
  });
}

function expandHome(text: string, home: string): string {
  return text === "~" || text.startsWith("~/") ? home + text.slice(1) : text;
}

function parseHead(words: readonly Word[], line: string): number {
  const [name, flag, ...rest] = words.map((word) => word.text);
  const lines = Number(flag?.match(/^-(\d+)$/)?.[1] ?? NaN);
  if (name === "head" && rest.length === 0 && lines > 0) return lines;
  throw new Error(`Cannot parse "${line}": only "| head -N" may follow a command`);
}
