/** skein's note in a head: what is written is read again, and anything else says nothing. */

import { assertEquals } from "@std/assert";
import { noteHead, noteOrigin, readSkeinNote } from "../src/skein_note.ts";
import type { JsonValue } from "../src/transcript.ts";
import { makeSession } from "./session_value.ts";

const NOTHING = {
  origin: "",
  about: "",
  parent: "",
  forkPoint: undefined,
  title: "",
  model: "",
  provider: "",
  cwd: "",
};

Deno.test("readSkeinNote() reads every member", () => {
  const note = {
    origin: { id: "o", agent: "zot", imported: "2026-11-20T12:00:00Z" },
    about: "cli:direct",
    parent: "p",
    fork_point: 4,
    title: "kites",
    model: "m",
    provider: "x",
    cwd: "/p",
  };
  const { fork_point: forkPoint, ...rest } = note;
  assertEquals(readSkeinNote(note), { ...rest, origin: "o", forkPoint });
});

Deno.test("readSkeinNote() takes what is no note for one that says nothing", () => {
  const values: readonly (JsonValue | undefined)[] = [undefined, null, 5, "note", [], {}];
  for (const value of values) assertEquals(readSkeinNote(value), NOTHING);
});

Deno.test("readSkeinNote() leaves out members of other types", () => {
  const note = {
    origin: "o",
    about: 5,
    parent: null,
    fork_point: "4",
    title: ["kites"],
    model: true,
    provider: {},
    cwd: 7,
  };
  assertEquals(readSkeinNote(note), NOTHING);
  for (const fork_point of [1.5, NaN, 2 ** 60]) {
    assertEquals(readSkeinNote({ fork_point }).forkPoint, undefined);
  }
});

Deno.test("noteOrigin() names where a session was, and of several imports the first", () => {
  const imported = "2026-11-20T12:00:00Z";
  const first = makeSession({ id: "a", agent: "claw" });
  assertEquals(noteOrigin(first, imported), { origin: { id: "a", agent: "claw", imported } });
  const second = makeSession({ id: "b", origin: "a" });
  assertEquals(readSkeinNote(noteOrigin(second, imported)).origin, "a");
});

Deno.test("noteHead() notes what is known, and nothing that is not", () => {
  const known = makeSession({ parent: "p", forkPoint: 4, model: "m", provider: "x", cwd: "/p" });
  assertEquals(readSkeinNote(noteHead(known)), {
    ...NOTHING,
    parent: "p",
    forkPoint: 4,
    model: "m",
    provider: "x",
    cwd: "/p",
  });
  assertEquals(noteHead(makeSession({ parent: "p", forkPoint: undefined })).fork_point, undefined);
  const unknown = { parent: undefined, model: undefined, provider: undefined, cwd: undefined };
  assertEquals(noteHead(makeSession(unknown)), {});
});
