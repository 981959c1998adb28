/** Completion for fish, which adds quotes by itself. */

import { readWords, type Shell } from "./shell.ts";

const SCRIPT = `# Completion of skein for fish: what fits is asked of skein itself.
function __skein_complete
    set -l word (commandline -ct)
    set -l answer (command skein complete fish "=$word" (commandline -opc) 2>/dev/null)
    set -l start (string match -r -- '^--[^=]+=' $word)
    set -l path (string replace -r -- '^--[^=]+=' '' $word)
    switch "$answer[1]"
        case files
            printf "%s\\n" "$start"(__fish_complete_path $path)
        case folders
            printf "%s\\n" "$start"(__fish_complete_directories $path)
        case '*'
            printf "%s\\n" $answer[2..-1]
    end
end
complete -c skein -f -k -a '(__skein_complete)'
`;

/** The shell. */
export const fish: Shell = {
  name: "fish",
  install: ["fish > ~/.config/fish/completions/skein.fish", "for fish"],
  script: SCRIPT,
  readQuestion: (args) => {
    const { word, ...question } = readWords(args);
    return {
      ...question,
      // The word at the cursor is as it was typed.
      word: word.replace(/^['"]/, "").replace(/\\(.)/g, "$1"),
      spell: ({ value, about }) => [value, about].filter(Boolean).join("\t"),
    };
  },
};
