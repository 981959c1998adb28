/**
 * The little that a page does for whoever allows scripts: it opens and closes all folds, hides what
 * is not wanted, copies the link to a message, and opens the folds for print. It reads nothing of the
 * transcript but ids; the page is whole without it.
 */

/** The script of a page, as it stands in it. */
export const PAGE_SCRIPT = `
"use strict";
const all = (selector) => document.querySelectorAll(selector);
const button = (text, act) => {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.addEventListener("click", () => act(made));
  return made;
};
const setFolds = (open) => all("details").forEach((fold) => { fold.open = open; });

const tools = document.createElement("div");
tools.className = "tools";
tools.append(button("Open all", () => setFolds(true)), button("Close all", () => setFolds(false)));
for (const [name, label, selector] of [["user", "user", "article.user"],
  ["assistant", "assistant", "article.assistant"], ["tool", "tool", "article.tool"],
  ["system", "system", "article.system"], ["calls", "calls and results", ".call, .result"]]) {
  if (document.querySelector(selector) === null) continue;
  const toggle = button(label, () => {
    const isHidden = document.body.classList.toggle("without-" + name);
    toggle.setAttribute("aria-pressed", String(!isHidden));
  });
  toggle.setAttribute("aria-pressed", "true");
  tools.append(toggle);
}
document.querySelector("body > header").append(tools);

document.querySelector("main").addEventListener("focusin", offer);
document.querySelector("main").addEventListener("mouseover", offer);
function offer({ target }) {
  const article = target.closest("article");
  const header = article?.querySelector("header");
  if (!header || header.querySelector(".copy")) return;
  header.append(button("copy link", async (made) => {
    const link = new URL("#" + article.id, location.href).href;
    try {
      await navigator.clipboard.writeText(link);
      made.textContent = "copied";
    } catch {
      location.hash = article.id;
    }
  }));
  header.lastElementChild.className = "copy";
}

const reveal = () => {
  const target = document.getElementById(location.hash.slice(1));
  if (target !== null && target.closest("article")?.offsetParent === null) {
    all(".tools button[aria-pressed=false]").forEach((toggle) => toggle.click());
  }
  for (let at = target; at; at = at.parentElement) if (at.matches("details")) at.open = true;
  target?.scrollIntoView();
};
addEventListener("hashchange", reveal);
if (location.hash !== "") reveal();

let closed = [];
addEventListener("beforeprint", () => {
  closed = [...all("details:not([open])")];
  setFolds(true);
});
addEventListener("afterprint", () => closed.forEach((fold) => { fold.open = false; }));
`;
