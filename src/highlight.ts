/**
 * Code in colours: which part of it is a keyword, a string, a comment, in the languages that sessions
 * are full of. Loaded only where code is shown.
 */

// @ts-types="./highlight_js.d.ts"
import hljs, { type Grammar } from "highlight.js/core";
import bash from "highlight.js/languages/bash";
import c from "highlight.js/languages/c";
import cpp from "highlight.js/languages/cpp";
import csharp from "highlight.js/languages/csharp";
import css from "highlight.js/languages/css";
import diff from "highlight.js/languages/diff";
import dockerfile from "highlight.js/languages/dockerfile";
import go from "highlight.js/languages/go";
import graphql from "highlight.js/languages/graphql";
import ini from "highlight.js/languages/ini";
import java from "highlight.js/languages/java";
import javascript from "highlight.js/languages/javascript";
import json from "highlight.js/languages/json";
import kotlin from "highlight.js/languages/kotlin";
import lua from "highlight.js/languages/lua";
import makefile from "highlight.js/languages/makefile";
import markdown from "highlight.js/languages/markdown";
import nix from "highlight.js/languages/nix";
import php from "highlight.js/languages/php";
import powershell from "highlight.js/languages/powershell";
import protobuf from "highlight.js/languages/protobuf";
import python from "highlight.js/languages/python";
import ruby from "highlight.js/languages/ruby";
import rust from "highlight.js/languages/rust";
import scala from "highlight.js/languages/scala";
import scss from "highlight.js/languages/scss";
import shell from "highlight.js/languages/shell";
import sql from "highlight.js/languages/sql";
import swift from "highlight.js/languages/swift";
import typescript from "highlight.js/languages/typescript";
import xml from "highlight.js/languages/xml";
import yaml from "highlight.js/languages/yaml";

/** A stretch of code, and what it is in its language: `keyword`, `string`, `title.function`. */
export interface CodeRun {
  readonly text: string;
  readonly scope: string | undefined;
}

/** A language, of which a grammar is made when it is first needed: all of them would take 20 ms. */
interface Language {
  readonly grammar: Grammar;
  /** What else it is called, and how names of its files end. */
  readonly names?: string;
  /** Languages that may stand within it. */
  readonly inner?: string;
}

const LANGUAGES: Readonly<Record<string, Language>> = {
  bash: { grammar: bash, names: "sh zsh" },
  c: { grammar: c, names: "h" },
  cpp: { grammar: cpp, names: "c++ cc cxx hpp hh hxx" },
  csharp: { grammar: csharp, names: "cs c#" },
  css: { grammar: css },
  diff: { grammar: diff, names: "patch" },
  dockerfile: { grammar: dockerfile, names: "docker", inner: "bash" },
  go: { grammar: go, names: "golang" },
  graphql: { grammar: graphql, names: "gql" },
  ini: { grammar: ini, names: "toml cfg conf" },
  java: { grammar: java },
  javascript: { grammar: javascript, names: "js jsx mjs cjs", inner: "xml css graphql" },
  json: { grammar: json, names: "jsonc json5 jsonl" },
  kotlin: { grammar: kotlin, names: "kt kts" },
  lua: { grammar: lua },
  makefile: { grammar: makefile, names: "make mk" },
  markdown: { grammar: markdown, names: "md mdx", inner: "xml" },
  nix: { grammar: nix, inner: "markdown" },
  php: { grammar: php },
  powershell: { grammar: powershell, names: "ps1 psm1 pwsh ps" },
  protobuf: { grammar: protobuf, names: "proto" },
  python: { grammar: python, names: "py pyi" },
  ruby: { grammar: ruby, names: "rb gemfile rakefile" },
  rust: { grammar: rust, names: "rs" },
  scala: { grammar: scala, names: "sbt" },
  scss: { grammar: scss, names: "sass" },
  shell: { grammar: shell, names: "console shellsession", inner: "bash" },
  sql: { grammar: sql },
  swift: { grammar: swift },
  typescript: { grammar: typescript, names: "ts tsx mts cts", inner: "xml css graphql" },
  xml: { grammar: xml, names: "html htm xhtml svg vue svelte plist", inner: "css javascript" },
  yaml: { grammar: yaml, names: "yml", inner: "ruby" },
};

/** Each language by all its names. */
const BY_NAME: ReadonlyMap<string, string> = new Map(
  Object.entries(LANGUAGES).flatMap(([language, { names = "" }]) =>
    [language, ...names.split(" ").filter(Boolean)].map((name) => [name, language] as const)
  ),
);

/**
 * Longer code, and code with a longer line, stays plain: the grammars are regular expressions, and some
 * take the square of what stands on one line.
 */
const LONGEST_CODE = 100_000;
const LONG_LINE = /[^\n]{1001}/;

const SPAN = /<span class="([^"]*)">|<\/span>|([^<]+)/g;

const ENTITIES: Readonly<Record<string, string>> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#x27;": "'",
};

/**
 * Tells what the parts of code are; together the runs are the code.
 * @param name A language by any of its names, or how names of its files end
 * @returns undefined for a language that is not known, and for code that is too long
 */
export function highlight(code: string, name: string): readonly CodeRun[] | undefined {
  const language = BY_NAME.get(name.toLowerCase());
  if (language === undefined || code.length > LONGEST_CODE || LONG_LINE.test(code)) {
    return undefined;
  }
  learn(language);
  const { value } = hljs.highlight(code, { language, ignoreIllegals: true });
  const runs: CodeRun[] = [];
  const scopes: string[] = [];
  for (const [tag, scope, text] of value.matchAll(SPAN)) {
    if (text !== undefined) runs.push({ text: unescapeEntities(text), scope: scopes.at(-1) });
    else if (scope === undefined) scopes.pop();
    else if (tag !== undefined) scopes.push(toScope(scope));
  }
  return runs;
}

/** Makes the grammar of a language, and those of what may stand within it. */
function learn(language: string): void {
  const { grammar, inner = "" } = LANGUAGES[language] ?? {};
  if (grammar === undefined || hljs.getLanguage(language) !== undefined) return;
  hljs.registerLanguage(language, grammar);
  for (const other of inner.split(" ").filter(Boolean)) learn(other);
}

/** The name by which `highlight` may know the language of a file; "" when its name tells none. */
export function languageOfPath(path: string): string {
  const name = path.split(/[\\/]/).at(-1) ?? "";
  const ending = /\.([A-Za-z0-9]+)$/.exec(name)?.[1];
  // Files that are known by their whole name are spelled with a capital: Makefile, Dockerfile.
  return (ending ?? (/^[A-Z]/.test(name) ? name : "")).toLowerCase();
}

/** `hljs-title function_` is what a grammar calls `title.function`. */
function toScope(classes: string): string {
  return classes.split(" ").map((name) => name.replace(/^hljs-|^language-/, "").replace(/_+$/, ""))
    .join(".");
}

function unescapeEntities(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|#x27);/g, (entity) => ENTITIES[entity] ?? entity);
}
