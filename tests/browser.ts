/** A real browser for tests of pages, where one is installed: Chromium, driven over its own protocol. */

import { type Browser, chromium, type Page } from "playwright-core";

/** Where Debian, and others, install it. */
const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

const executablePath = PLACES.find((path) => {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
});

/** True where there is no browser: tests that need one are then left out. */
export const ignore: boolean = executablePath === undefined;
if (ignore) console.warn("no Chromium is installed: tests of pages in a browser are skipped");

/** How a page is to be looked at. */
export interface VisitOptions {
  readonly width?: number;
  readonly colorScheme?: "light" | "dark";
  /** Whether the page's own policy is switched off, so that nothing stands in the way of its text. */
  readonly isUnguarded?: boolean;
  readonly hasScripts?: boolean;
}

/** What a browser had to say of a page since it was opened, and what it asked for beside it. */
export interface Visit {
  readonly page: Page;
  /** What is in its console, errors of scripts, and dialogs. */
  readonly complaints: string[];
  readonly requests: string[];
}

/** Runs a test with a browser that is closed when it ends. */
export async function withBrowser(test: (browser: Browser) => Promise<void>): Promise<void> {
  const browser = await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    // Chromium refuses to run as root within its own sandbox; the pages are made by the tests.
    args: Deno.uid() === 0 ? ["--no-sandbox"] : [],
  });
  try {
    await test(browser);
  } finally {
    await browser.close();
  }
}

/** Shows a test a window, in which it may open one file after the other. */
export async function withWindow(
  browser: Browser,
  options: VisitOptions,
  test: (open: (path: string) => Promise<Visit>) => Promise<void>,
): Promise<void> {
  const { width = 1280, colorScheme = "light", isUnguarded = false, hasScripts = true } = options;
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme,
    bypassCSP: isUnguarded,
    javaScriptEnabled: hasScripts,
  });
  try {
    const page = await context.newPage();
    let visit: Visit = { page, complaints: [], requests: [] };
    let url = "";
    page.on("console", (message) => visit.complaints.push(message.text()));
    page.on("pageerror", (error) => visit.complaints.push(String(error)));
    page.on("dialog", (dialog) => {
      visit.complaints.push(`dialog: ${dialog.message()}`);
      dialog.dismiss();
    });
    page.on("request", (request) => {
      const isOwn = request.url() === url || request.url().startsWith("data:");
      if (!isOwn) visit.requests.push(request.url());
    });
    await test(async (path) => {
      url = `file://${path}`;
      visit = { page, complaints: [], requests: [] };
      await page.goto(url);
      return visit;
    });
  } finally {
    await context.close();
  }
}
