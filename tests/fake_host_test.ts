/** Tests of the fake host, for a test that stands on a wrong host proves nothing. */

import { assertEquals, assertThrows } from "@std/assert";
import { join } from "@std/path";
import { ClosedPipeError } from "../src/errors.ts";
import { denoHost } from "../src/deno_host.ts";
import { FAKE_NOW_MS, FakeHost, FakeOutput } from "./fake_host.ts";
import { mountFiles } from "./mounted_files.ts";

Deno.test("FakeOutput keeps bytes and text in the order of their writing", () => {
  const output = new FakeOutput();
  const bytes = new Uint8Array([0xe2, 0x91]);
  output.write("a ");
  output.write(bytes);
  bytes.fill(0);
  output.write(new Uint8Array([0x82]));
  assertEquals(output.text, "a ⑂");
});

Deno.test("FakeOutput refuses text that is no UTF-8", () => {
  const output = new FakeOutput();
  output.write(new Uint8Array([0xff]));
  assertEquals(output.bytes, new Uint8Array([0xff]));
  assertThrows(() => output.text, TypeError);
});

Deno.test("FakeOutput throws ClosedPipeError past the last line that its reader takes", () => {
  const output = new FakeOutput();
  output.maxLines = 2;
  output.write("one\ntw");
  assertThrows(() => output.write("o\nthree\n"), ClosedPipeError);
  assertThrows(() => output.write("four\n"), ClosedPipeError);
  assertEquals(output.text, "one\ntwo\n");
});

Deno.test("FakeHost keeps its clock still until something sleeps", async () => {
  const host = new FakeHost();
  assertEquals(new Date(host.nowMs()).toISOString(), "2026-11-20T12:00:00.000Z");
  const seen: number[] = [];
  host.onSleep = (sleeper, ms) => void seen.push(sleeper.nowMs() - FAKE_NOW_MS, ms);
  await host.sleep(250);
  assertEquals(seen, [250, 250]);
});

Deno.test("FakeHost knows no variable that the test did not name, and no empty one", () => {
  const { env } = new FakeHost({ env: { HOME: "/home/ada", COLUMNS: "" } });
  assertEquals([env("HOME"), env("COLUMNS"), env("ZOT_HOME")], ["/home/ada", undefined, undefined]);
});

Deno.test("FakeHost runs on until it is stopped, as from a sleep", async () => {
  const host = new FakeHost();
  host.onSleep = (sleeper) => sleeper.stop();
  assertEquals(host.isStopped(), false);
  await host.sleep(1);
  assertEquals(host.isStopped(), true);
});

Deno.test("FakeHost notes that the leave to write was given up", () => {
  const host = new FakeHost();
  assertEquals(host.hasDroppedWritePermission, false);
  host.dropWritePermission();
  assertEquals(host.hasDroppedWritePermission, true);
});

Deno.test("FakeHost has a terminal once it is given one", () => {
  const host = new FakeHost();
  assertEquals([host.stdout.isTerminal, host.terminalSize()], [false, undefined]);
  host.useTerminal({ columns: 60, rows: 20 });
  assertEquals([host.stdout.isTerminal, host.stderr.isTerminal], [true, true]);
  assertEquals(host.terminalSize(), { columns: 60, rows: 20 });
});

Deno.test("mountFiles() shows a folder at another path, and the rest as it is", () => {
  const real = Deno.realPathSync(Deno.makeTempDirSync());
  try {
    Deno.writeTextFileSync(join(real, "a.jsonl"), "{}\n");
    const files = mountFiles(denoHost().files, { shown: "/home/ada", real });
    assertEquals(files.realPath("/home/ada/./a.jsonl"), "/home/ada/a.jsonl");
    assertEquals(files.readFolder("/home/ada"), [{ name: "a.jsonl", type: "file" }]);
    assertEquals(files.lstat("/home/ada/a.jsonl").sizeBytes, 3);
    assertEquals(files.lstat(join(real, "a.jsonl")).sizeBytes, 3);
    assertThrows(() => files.lstat("/home/adam"), Deno.errors.NotFound);
  } finally {
    Deno.removeSync(real, { recursive: true });
  }
});
