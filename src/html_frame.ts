/**
 * What every page begins and ends with. Its policy lets a browser do nothing but show it: no request,
 * no script and no style but the ones that stand in it, told by their digests.
 */

import { createHash } from "node:crypto";
import { Html, markup } from "./html.ts";

/** What a page is made of beside its contents. */
export interface Frame {
  readonly title: string;
  /** What its body is called in the style sheet. */
  readonly kind: string;
  readonly style: string;
  /** Runs at its end; "" for none. */
  readonly script: string;
}

/** The beginning of a page, up to its contents. */
export function beginPage({ title, kind, style, script }: Frame): Html {
  const policy = [
    "default-src 'none'",
    "img-src data:",
    `style-src '${digest(style)}'`,
    ...(script === "" ? [] : [`script-src '${digest(script)}'`]),
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  // The digests hold no character that HTML has a meaning for, and must stay as they are.
  return markup`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${Html.trust(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="skein">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>${Html.trust(style)}</style>
</head>
<body class="${kind}">
`;
}

/** The end of a page. */
export function endPage({ script }: Frame): Html {
  const element = script === "" ? undefined : markup`<script>${Html.trust(script)}</script>\n`;
  return markup`${element}</body>\n</html>\n`;
}

function digest(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
