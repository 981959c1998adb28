/** Completion for zsh, which takes away and adds quotes by itself. */

import { readWords, type Shell } from "./shell.ts";

const SCRIPT = `#compdef skein
# Completion of skein for zsh: what fits is asked of skein itself.
_skein() {
  local -a answer choices
  answer=("\${(@f)$(command skein complete zsh "=\${(Q)PREFIX}" "\${(@Q)words[1,CURRENT-1]}" 2>/dev/null)}")
  choices=("\${(@)answer[2,-1]}")
  case $answer[1] in
    files) compset -P '--*='; _files ;;
    folders) compset -P '--*='; _files -/ ;;
    *) (( $#choices )) && _describe -V -t skein skein choices ;;
  esac
}
if [[ $funcstack[1] == _skein ]]; then
  _skein "$@"
else
  compdef _skein skein
fi
`;

/** The shell. */
export const zsh: Shell = {
  name: "zsh",
  install: ['zsh > "${fpath[1]}/_skein"', "for zsh, into a folder of $fpath"],
  script: SCRIPT,
  readQuestion: (args) => ({
    ...readWords(args),
    // A colon ends the word.
    spell: ({ value, about }) => [value.replaceAll(":", "\\:"), about].filter(Boolean).join(":"),
  }),
};
