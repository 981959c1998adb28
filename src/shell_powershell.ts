/** Completion for PowerShell, which types an answer as it is, and offers files where it gets none. */

import { readWords, type Shell } from "./shell.ts";

const SCRIPT = `# Completion of skein for PowerShell: what fits is asked of skein itself.
Register-ArgumentCompleter -Native -CommandName skein -ScriptBlock {
    param($word, $line, $cursor)
    $skein = Get-Command skein -CommandType Application | Select-Object -First 1
    $words = @($line.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursor } | ForEach-Object {
        if ($_ -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $_.Value }
        else { $_.Extent.Text }
    })
    $encoding = [Console]::OutputEncoding
    try {
        [Console]::OutputEncoding = [System.Text.Encoding]::UTF8
        $kind, $answer = & $skein complete powershell "=$word" @words 2>$null
    } finally {
        [Console]::OutputEncoding = $encoding
    }
    if ($kind -ne 'words') { return }
    if (-not $answer) { return '' }
    $answer | ForEach-Object {
        $value, $about = $_ -split "\`t", 2
        if (-not $about) { $about = $value }
        [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $about)
    }
}
`;

/** The shell. */
export const powershell: Shell = {
  name: "powershell",
  install: ["powershell | Out-String | Invoke-Expression", "for PowerShell, in $PROFILE"],
  script: SCRIPT,
  readQuestion: (args) => {
    const { word, ...question } = readWords(args);
    return {
      ...question,
      word: word.replace(/^['"]/, ""),
      spell: ({ value, about }) => [quoteWord(value), about].filter(Boolean).join("\t"),
    };
  },
};

/** Spells a word so that PowerShell reads it as it is; the typographer's quotes are quotes to it too. */
export function quoteWord(text: string): string {
  return /^[\w.:~+=-]+$/.test(text) ? text : `'${text.replace(/['\u2018-\u201b]/g, "$&$&")}'`;
}
