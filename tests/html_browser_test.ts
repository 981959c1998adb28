/**
 * Pages in a real browser: those of the real sessions of every agent open without a complaint or a
 * request, under a policy that is in force, at the width of a phone and of a desk, light and dark; and a
 * keyboard alone reaches every fold.
 */

import { assert, assertEquals } from "@std/assert";
import { join } from "@std/path";
import { run } from "../src/app.ts";
import { ignore as hasNoBrowser, type Visit, withBrowser, withWindow } from "./browser.ts";
import { AGENTS, findRealSessions, ignore as hasNoCorpus } from "./corpus_agents.ts";
import { FakeHost } from "./fake_host.ts";
import { useFolder } from "./folder.ts";
import { tellSession, TOLD_FILE } from "./told_session.ts";

/** Larger sessions have nothing that these have not, and take a browser seconds each. */
const LARGEST = 2_000_000;
const MOST_SESSIONS = 15;

/** The driver of the browser keeps what it has opened to itself. */
const UNSANITIZED = { sanitizeOps: false, sanitizeResources: false };

async function exportPage(root: string, path: string, output: string): Promise<void> {
  const host = new FakeHost();
  const line = ["export", path, "--format", "html", "--output", output, "--no-cache"];
  const code = await run([...line, "--root", root], host);
  assert(code === 0 || code === 3, host.stderr.text);
}

/** Whether lines stick out of the window, and whether a script of a stranger would run. */
async function look({ page }: Visit) {
  return await page.evaluate(() => {
    // deno-lint-ignore no-explicit-any -- this runs in the browser, which has other globals
    const { document, isStranger } = globalThis as any;
    const root = document.documentElement;
    const script = document.createElement("script");
    script.textContent = "globalThis.isStranger = true";
    document.head.append(script);
    return {
      isTooWide: root.scrollWidth > root.clientWidth,
      articles: document.querySelectorAll("article").length,
      isStranger,
    };
  });
}

for (const agent of AGENTS) {
  Deno.test({
    name: `pages of real ${agent} sessions open without complaint, request, or a stranger's script`,
    ignore: hasNoBrowser || hasNoCorpus,
    ...UNSANITIZED,
    fn: async () => {
      using folder = useFolder();
      const sessions = findRealSessions(agent)
        .filter(({ path }) => Deno.statSync(path).size < LARGEST)
        .slice(0, MOST_SESSIONS);
      const output = (index: number) => join(folder.path, `${index}.html`);
      for (const [index, { path }] of sessions.entries()) {
        await exportPage(join(path, ".."), path, output(index));
      }
      let seen = 0;
      await withBrowser(async (browser) => {
        for (const [width, colorScheme] of [[390, "dark"], [1280, "light"]] as const) {
          await withWindow(browser, { width, colorScheme }, async (open) => {
            for (const [index, { label }] of sessions.entries()) {
              const visit = await open(output(index));
              assertEquals([...visit.complaints, ...visit.requests], [], label);
              const { isTooWide, articles, isStranger } = await look(visit);
              assertEquals(
                { isTooWide, isStranger },
                { isTooWide: false, isStranger: undefined },
                label,
              );
              seen += articles;
              // The attempt above is what the policy has to have stopped.
              assertEquals(visit.complaints.length, 1, label);
              assert(visit.complaints[0]?.includes("Content Security Policy"), label);
            }
          });
        }
      });
      assert(seen > 0);
    },
  });
}

/** The colour of what is written. */
async function findInk({ page }: Visit): Promise<string> {
  return await page.evaluate(() => {
    // deno-lint-ignore no-explicit-any -- this runs in the browser, which has other globals
    const { document, getComputedStyle } = globalThis as any;
    return getComputedStyle(document.body).color;
  });
}

/** A page with folds, some of them within another; gives its path. */
async function makePage(folder: string): Promise<string> {
  const output = join(folder, "page.html");
  const path = join(folder, TOLD_FILE);
  Deno.writeFileSync(path, tellSession());
  await exportPage(folder, path, output);
  return output;
}

Deno.test({
  name: "a page fits a phone and a desk, light and dark, and is asked for nothing else",
  ignore: hasNoBrowser,
  ...UNSANITIZED,
  fn: async () => {
    using folder = useFolder();
    const path = await makePage(folder.path);
    await withBrowser(async (browser) => {
      for (const width of [390, 1280]) {
        for (const colorScheme of ["light", "dark"] as const) {
          await withWindow(browser, { width, colorScheme }, async (open) => {
            const visit = await open(path);
            assertEquals([...visit.complaints, ...visit.requests], []);
            const { isTooWide, isStranger } = await look(visit);
            assertEquals({ isTooWide, isStranger }, { isTooWide: false, isStranger: undefined });
            assertEquals(
              await findInk(visit),
              colorScheme === "dark" ? "rgb(227, 230, 234)" : "rgb(29, 32, 37)",
            );
            // Paper is white, whatever the screen is.
            await visit.page.emulateMedia({ media: "print" });
            assertEquals(await findInk(visit), "rgb(29, 32, 37)");
          });
        }
      }
    });
  },
});

Deno.test({
  name: "a keyboard alone reaches and opens every fold, with scripts and without",
  ignore: hasNoBrowser,
  ...UNSANITIZED,
  fn: async () => {
    using folder = useFolder();
    const path = await makePage(folder.path);
    const whole = Deno.readTextFileSync(path);
    const folds = whole.match(/<summary>/g)?.length ?? 0;
    assert(folds > 5);
    await withBrowser(async (browser) => {
      for (const hasScripts of [true, false]) {
        await withWindow(browser, { hasScripts }, async (open) => {
          const { page, complaints } = await open(path);
          // Each Tab moves on to what can be focused next; a fold inside another is there once that is open.
          for (let presses = 0; presses < 1_000; presses++) {
            await page.keyboard.press("Tab");
            const focused = page.locator("summary:focus");
            if (await focused.count() > 0) await page.keyboard.press("Enter");
            if (await page.locator("details[open]").count() === folds) break;
          }
          assertEquals(
            await page.locator("details[open]").count(),
            folds,
            `scripts: ${hasScripts}`,
          );
          assertEquals(complaints, []);
        });
      }
    });
  },
});

Deno.test({
  name: "a page's buttons fold, hide, and copy the link to a message",
  ignore: hasNoBrowser,
  ...UNSANITIZED,
  fn: async () => {
    using folder = useFolder();
    const path = await makePage(folder.path);
    await withBrowser((browser) =>
      withWindow(browser, {}, async (open) => {
        const { page, complaints } = await open(path);
        const count = (selector: string) => page.locator(selector).count();
        const press = (name: string) => page.getByRole("button", { name, exact: true }).click();
        await press("Close all");
        assertEquals(await count("details[open]"), 0);
        await press("Open all");
        assertEquals(await count("details:not([open])"), 0);
        const users = await count("article.user:visible");
        assert(users > 0);
        await press("user");
        assertEquals(await count("article.user:visible"), 0);
        await press("user");
        assertEquals(await count("article.user:visible"), users);
        await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
        const article = page.locator("article").last();
        await article.hover();
        await article.getByRole("button", { name: "copy link" }).click();
        const copied = await page.evaluate(() =>
          // deno-lint-ignore no-explicit-any -- this runs in the browser, which has other globals
          (globalThis as any).navigator.clipboard.readText()
        );
        assertEquals(copied, `file://${path}#${await article.getAttribute("id")}`);
        assertEquals(complaints, []);
      })
    );
  },
});
