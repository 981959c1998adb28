/**
 * Completion for bash, which tells of a line only how it was typed, and types an answer as it is.
 *
 * So the line is read here: words and quotes are told apart, and nothing is expanded or run. Bash
 * replaces only what stands behind the last of its word breaks, a colon among them; that part of a
 * word is what it is given, quoted as the place needs it.
 */

import type { Question, Shell } from "./shell.ts";

/** A quote that is open, if one is. */
type Quote = "" | "'" | '"';

/** A line up to the cursor. */
interface TypedLine extends Omit<Question, "spell"> {
  readonly quote: Quote;
}

const SCRIPT = `# Completion of skein for bash: what fits is asked of skein itself.
_skein() {
  local kind= line
  COMPREPLY=()
  {
    IFS= read -r kind
    while IFS= read -r line; do
      COMPREPLY+=("$line")
    done
  } < <(command skein complete bash "\${COMP_LINE:0:COMP_POINT}" "$2" 2>/dev/null)
  case $kind in
    files) compopt -o default ;;
    folders) compopt -o dirnames ;;
    *) compopt -o nosort ;;
  esac 2>/dev/null
}
complete -F _skein skein
`;

/** The shell. */
export const bash: Shell = {
  name: "bash",
  install: [
    "bash > ~/.local/share/bash-completion/completions/skein",
    "for bash, with its bash-completion",
  ],
  script: SCRIPT,
  readQuestion: ([line = "", replaced = ""]) => {
    const { quote, ...typed } = readLine(line);
    // What is replaced begins behind the quote that is open.
    const end = readLine(quote + replaced).word;
    const kept = typed.word.length - end.length;
    return {
      ...typed,
      spell: ({ value }) =>
        typed.word.endsWith(end) ? quoteWord(value.slice(kept), quote) : undefined,
    };
  },
};

/** Reads a line up to the cursor; what is redirected, and where to, is no word of the command. */
export function readLine(line: string): TypedLine {
  const words: string[] = [];
  let word: string | undefined;
  let quote: Quote = "";
  let isRedirection = false;
  const add = (text: string) => {
    word = (word ?? "") + text;
  };
  const end = () => {
    if (word === undefined) return;
    if (!isRedirection) words.push(word);
    isRedirection = false;
    word = undefined;
  };
  for (let i = 0; i < line.length; i++) {
    const character = line.charAt(i);
    const next = line.charAt(i + 1);
    if (character === quote) quote = "";
    else if (character === "\\" && (quote === "" || (quote === '"' && /[$\`"\\]/.test(next)))) {
      add(next);
      i++;
    } else if (quote !== "") add(character);
    else if (character === "'" || character === '"') {
      quote = character;
      add("");
    } else if (/\s/.test(character)) end();
    else if (character === "<" || character === ">") {
      // A number before it says which of the streams.
      if (/^(\d+|&)$/.test(word ?? "")) word = undefined;
      end();
      while (/[<>&|]/.test(line.charAt(i + 1))) i++;
      isRedirection = true;
    } else add(character);
  }
  return { words, word: word ?? "", quote, isRedirection };
}

/** Spells the rest of a word so that bash reads it as it is; undefined where it cannot be. */
export function quoteWord(text: string, quote: Quote): string | undefined {
  if (quote === "'") return text.replaceAll("'", "'\\''");
  // Between double quotes bash looks for an earlier command behind "!", and no backslash helps.
  if (quote === '"') return text.includes("!") ? undefined : text.replace(/[$\`"\\]/g, "\\$&");
  return text.replace(/(?![\w.,:/@%+=~-])[\0-\x7f]|^~/g, "\\$&");
}
