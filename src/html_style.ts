/**
 * How a page looks: light and dark by the reader's own setting, from 390 pixels up, and on paper.
 * In two parts, what every page has and what belongs to messages; kept short, since each page holds it.
 */

/** The style sheet of a page. */
export const PAGE_STYLE = `
:root {
  --ink: #1d2025; --quiet: #5f6772; --line: #dfe3e8; --page: #ffffff; --panel: #f5f7f9;
  --mine: #eef4ff; --accent: #1f5fbf; --good: #176d38; --bad: #b3261e;
  --added: #e3f5e6; --removed: #fdeceb;
  --keyword: #8b2fa0; --string: #1c6b3a; --number: #9a4a00; --name: #1f5fbf;
  --mono: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    color-scheme: dark;
    --ink: #e3e6ea; --quiet: #9aa4b0; --line: #30363e; --page: #14171b; --panel: #1c2026;
    --mine: #1a2536; --accent: #82b1ff; --good: #7fd69a; --bad: #ff9b91;
    --added: #15301d; --removed: #3a1c1b;
    --keyword: #d7a6ea; --string: #9cd8a9; --number: #f0b37e; --name: #8fbcff;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body {
  display: flex; flex-direction: column; gap: 1.5rem; max-width: 50rem; margin: 0 auto;
  padding: 1.5rem 1rem 4rem; background: var(--page); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
  overflow-wrap: anywhere;
}
a { color: var(--accent); text-underline-offset: 0.15em; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
h1 { margin: 0 0 0.5rem; font-size: 1.6rem; line-height: 1.25; }
h2 { margin: 0 0 0.5rem; font-size: 1rem; }
time, .note, .gist, figcaption, .facts dt { color: var(--quiet); }
.facts { display: flex; flex-wrap: wrap; gap: 0.25rem 1.5rem; margin: 0; font-size: 0.875rem; }
.facts div { display: flex; gap: 0.4rem; }
.facts dt { flex: none; }
.facts dd { margin: 0; }
.skip { position: absolute; left: -100vw; }
.skip:focus { position: static; }
.chart { margin: 1rem 0 0; }
.chart svg { display: block; width: 100%; height: 4.5rem; border-bottom: 1px solid var(--line); }
.chart rect { fill: var(--accent); opacity: 0.55; }
.chart rect:hover { opacity: 1; }
.chart polyline { fill: none; stroke: var(--number); stroke-width: 1.5; }
figcaption { margin-top: 0.25rem; font-size: 0.75rem; }
.tree { margin: 0; padding: 0; list-style: none; }
.tree li { margin: 0.35rem 0; }
.level-1 { padding-left: 1rem; }
.level-2 { padding-left: 2rem; }
.level-3 { padding-left: 3rem; }
.level-4 { padding-left: 4rem; }
.level-5 { padding-left: 5rem; }
.level-6 { padding-left: 6rem; }
.level-7 { padding-left: 7rem; }
.level-8 { padding-left: 8rem; }
`;

/** The style sheet of messages. */
export const MESSAGE_STYLE = `
#prompts { order: -1; }
body > header { order: -2; }
#prompts ol { margin: 0; padding: 0; list-style: none; font-size: 0.875rem; }
#prompts li { margin: 0.2rem 0; }
#prompts a { display: flex; gap: 0.75rem; color: inherit; text-decoration: none; }
#prompts a:hover span { text-decoration: underline; }
#prompts b { min-width: 2.5rem; color: var(--quiet); font-weight: normal; text-align: right; }
main { display: flex; flex-direction: column; gap: 0.9rem; min-width: 0; }
article {
  min-width: 0; padding: 0.25rem 0; content-visibility: auto; contain-intrinsic-size: auto 6rem;
}
article > header { display: flex; flex-wrap: wrap; gap: 0 0.6rem; font-size: 0.8125rem; }
article h2 { margin: 0; font-size: inherit; }
.number { padding: 0 0.25rem; color: var(--quiet); font-weight: normal; text-decoration: none; }
.number:hover { text-decoration: underline; }
article:target { box-shadow: -0.75rem 0 0 -0.5rem var(--accent); }
.user { padding: 0.75rem 1rem; border-left: 3px solid var(--accent); background: var(--mine); }
.user > header h2 { color: var(--accent); }
.assistant > header h2 { color: var(--good); }
.summary { padding: 0.75rem 1rem; border: 1px dashed var(--line); background: none; }
.tool { margin-top: -0.6rem; padding: 0; }
.tool > header { float: left; margin: 0.45rem 0.75rem 0 0; }
.text > :first-child { margin-top: 0.35rem; }
.text > :last-child { margin-bottom: 0.35rem; }
.text h3, .text h4, .text h5, .text h6 { margin: 1rem 0 0.4rem; font-size: 1.05rem; }
.text blockquote { margin: 0.75rem 0; padding-left: 1rem; border-left: 3px solid var(--line); }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: 0.875rem; }
th, td { padding: 0.3rem 0.6rem; border: 1px solid var(--line); text-align: left; }
.to-right { text-align: right; }
.to-center { text-align: center; }
img { max-width: 100%; height: auto; }
pre, code { font-family: var(--mono); font-size: 0.8125rem; }
:not(pre) > code { padding: 0.1em 0.3em; border-radius: 3px; background: var(--panel); }
pre {
  margin: 0.5rem 0; padding: 0.75rem; border-radius: 4px; background: var(--panel);
  line-height: 1.45; white-space: pre-wrap;
}
.fold { margin: 0.25rem 0; font-size: 0.875rem; }
.fold > summary {
  overflow: hidden; padding: 0.15rem 0; cursor: pointer; white-space: nowrap;
  text-overflow: ellipsis;
}
.fold > summary b { font: 600 0.8125rem var(--mono); }
.fold > summary .gist { font: 0.8125rem var(--mono); }
.fold[open] > summary { white-space: normal; }
.error > summary b { color: var(--bad); }
.superseded { padding: 0.5rem 1rem; border: 1px dashed var(--line); }
.superseded > summary { cursor: pointer; color: var(--quiet); }
.superseded article { margin-top: 0.9rem; }
.fork { margin: 0; font-size: 0.875rem; color: var(--quiet); }
.diff ins, .diff del { display: block; margin: 0 -0.75rem; padding: 0 0.75rem; text-decoration: none; }
.diff ins { background: var(--added); }
.diff del { background: var(--removed); }
.diff span { display: block; }
.hl-keyword, .hl-literal, .hl-tag, .hl-selector-tag, .hl-meta { color: var(--keyword); }
.hl-string, .hl-regexp, .hl-addition { color: var(--string); }
.hl-number, .hl-symbol, .hl-attr, .hl-attribute, .hl-variable { color: var(--number); }
.hl-title, .hl-name, .hl-section, .hl-built_in, .hl-type { color: var(--name); }
.hl-comment, .hl-quote { color: var(--quiet); font-style: italic; }
.hl-deletion { color: var(--bad); }
.hl-strong { font-weight: 700; }
.hl-emphasis { font-style: italic; }
.tools { display: flex; flex-wrap: wrap; gap: 0.5rem; margin-top: 1rem; font-size: 0.8125rem; }
.tools button, .copy {
  padding: 0.2rem 0.6rem; border: 1px solid var(--line); border-radius: 4px;
  background: var(--panel); color: inherit; font: inherit; cursor: pointer;
}
.tools button[aria-pressed="false"] { color: var(--quiet); text-decoration: line-through; }
.copy { margin-left: auto; padding: 0 0.4rem; border-color: transparent; background: none;
  color: var(--quiet); opacity: 0; }
article:hover .copy, .copy:focus-visible { opacity: 1; }
.without-user .user, .without-assistant .assistant, .without-tool .tool,
.without-system .system, .without-calls .call, .without-calls .result { display: none; }
@media (max-width: 40rem) { .tool > header time { display: none; } }
@media (min-width: 72rem) {
  body.paged {
    display: grid; grid-template-columns: 16rem minmax(0, 50rem); gap: 1.5rem 3rem;
    max-width: 72rem;
  }
  .paged > header { grid-column: 2; }
  .paged > main { grid-column: 2; }
  .paged > #prompts {
    position: sticky; top: 1.5rem; grid-column: 1; grid-row: 1 / span 2; align-self: start;
    max-height: calc(100vh - 3rem); overflow-y: auto;
  }
}
@media print {
  body { max-width: none; padding: 0; font-size: 0.8rem; }
  .tools, .copy, .skip { display: none; }
  article > header, .fold > summary { break-after: avoid; }
  .user { background: none; }
  article { content-visibility: visible; }
  details::details-content { content-visibility: visible; block-size: auto; }
}
`;
