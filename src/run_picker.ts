/**
 * A picker at work: keys change its state, the state is drawn, and the terminal is given back before
 * anything else is written to it, however the picker ends.
 *
 * The highlighted session is read for its preview only when nothing was typed for a moment, so that
 * typing and moving never wait for a file.
 */

import type { Host, Keyboard, Output } from "./host.ts";
import { InlineViewport } from "./inline_viewport.ts";
import { type Key, KeyDecoder } from "./keys.ts";
import { findHighlighted, fitLines, openPicker, pressKey } from "./picker.ts";
import { readPreview } from "./preview.ts";
import {
  layOutPicker,
  type OfferedSession,
  type PickerLook,
  renderPicker,
} from "./render_picker.ts";
import { type LastMessages, renderPreview, type Room } from "./render_preview.ts";
import type { Store } from "./store.ts";
import type { Session } from "./transcript.ts";

/** What a picker runs with. */
export interface RunPickerOptions {
  readonly host: Host;
  readonly store: Store;
  /** The terminal that it is drawn on. */
  readonly output: Output;
  readonly look: PickerLook;
}

/** How long an escape may be the beginning of a key, in milliseconds: slow lines need some. */
const ESCAPE_MS = 100;
/** How long nothing has to be typed before a session is read; keys that are held repeat faster. */
const PREVIEW_MS = 60;
/** A message takes at least so many lines of a preview. */
const MESSAGE_LINES = 3;
/** The size of a terminal that does not know its own. */
const USUAL_SIZE = { columns: 80, rows: 24 };

/** Gives the session that a person picks; undefined when the person leaves without one. */
export async function runPicker(
  offered: readonly OfferedSession[],
  options: RunPickerOptions,
): Promise<Session | undefined> {
  const keyboard = options.host.openKeyboard();
  try {
    const viewport = new InlineViewport(options.output);
    try {
      return await pick(offered, { ...options, keyboard, viewport });
    } finally {
      viewport.close();
    }
  } finally {
    keyboard.close();
  }
}

interface PickOptions extends RunPickerOptions {
  readonly keyboard: Keyboard;
  readonly viewport: InlineViewport;
}

async function pick(
  offered: readonly OfferedSession[],
  options: PickOptions,
): Promise<Session | undefined> {
  const { host, keyboard, viewport, look } = options;
  const decoder = new KeyDecoder();
  const layOut = () => layOutPicker(host.terminalSize() ?? USUAL_SIZE, offered.length);
  let layout = layOut();
  let state = openPicker(offered, layout.list.lines);
  let read: { readonly session: Session; readonly messages: LastMessages } | undefined;
  for (;;) {
    const session = findHighlighted(state)?.session;
    const room = layout.preview;
    const messages = session === read?.session ? read?.messages : undefined;
    const preview = session === undefined || room === undefined
      ? []
      : renderPreview(session, messages, { ...room, style: look.style });
    viewport.draw(renderPicker(state, { layout, look, preview }));

    const isUnread = session !== undefined && room !== undefined && messages === undefined;
    const event = await keyboard.next(
      decoder.isUndecided ? ESCAPE_MS : isUnread ? PREVIEW_MS : undefined,
    );
    let keys: readonly Key[] = [];
    if (event.type === "end") return undefined;
    if (event.type === "bytes") keys = decoder.push(event.bytes);
    else if (event.type === "redraw") {
      layout = layOut();
      state = fitLines(state, layout.list.lines);
      read = undefined;
      viewport.clear();
    } else if (decoder.isUndecided) keys = decoder.decide();
    else if (isUnread) read = { session, messages: readLast(session, room, options) };
    for (const key of keys) {
      state = pressKey(state, key);
      if (state.end === "left") return undefined;
      if (state.end === "picked") return findHighlighted(state)?.session;
    }
  }
}

function readLast(session: Session, { lines }: Room, { host, store }: PickOptions): LastMessages {
  const found = readPreview(session, { host, store, count: Math.ceil(lines / MESSAGE_LINES) });
  return typeof found === "string"
    ? found
    : found.map(({ number, message }) => ({ label: `#${number}`, message }));
}
