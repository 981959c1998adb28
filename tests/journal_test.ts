/** The journal of one root: its lock, its moves, the files it makes, its receipts. */

import { assert, assertEquals, assertThrows } from "@std/assert";
import { join } from "@std/path";
import { CannotError, RefusedError } from "../src/errors.ts";
import { Journal } from "../src/journal.ts";
import { FAKE_NOW_MS, FakeHost } from "./fake_host.ts";
import { FaultyFiles } from "./faulty_files.ts";
import { failureOf, plan, read, TO, withJournal } from "./journal_setting.ts";

Deno.test("Journal refuses a root where another one is open, until that is closed", () =>
  withJournal(({ root, journal }) => {
    assertThrows(() => new Journal(new FakeHost(), root), RefusedError, "another skein is at work");
    journal.close();
    new Journal(new FakeHost(), root).close();
  }));

Deno.test("move() moves files, inode and all, and files a receipt that says so", () =>
  withJournal(async (setting) => {
    const { root, journal } = setting;
    const { ino } = Deno.statSync(join(root, "a/one.jsonl"));
    const { receipt, refused } = await journal.move(plan(setting, "one"), { command: "prune" });
    assertEquals(refused, []);
    assertEquals(journal.receipts(), [receipt]);
    assertEquals([receipt.state, receipt.id], ["done", "20261120-120000"]);
    assertEquals(receipt.moves.map(({ from, to, bytes }) => [from, to, bytes]), [
      ["a/one.jsonl", `${TO}/one`, 4],
    ]);
    assertEquals(Deno.statSync(join(root, TO, "one")).ino, ino);
    assertEquals([read(root, "a/one.jsonl"), read(root, "a/two.jsonl")], [undefined, "two\n"]);
  }));

Deno.test("move() leaves what changed since the plan, and moves the rest", () =>
  withJournal(async (setting) => {
    const { root, journal } = setting;
    const planned = plan(setting, "one", "two");
    Deno.writeTextFileSync(join(root, "a/one.jsonl"), "more\n", { append: true });
    const { receipt, refused } = await journal.move(planned, { command: "prune" });
    assertEquals(refused, [{ path: join(root, "a/one.jsonl"), reason: "changed since the plan" }]);
    assertEquals(receipt.moves.map(({ session }) => session), ["two"]);
    assertEquals(read(root, "a/one.jsonl"), "one\nmore\n");
  }));

Deno.test("move() files no receipt when nothing is left to move", () =>
  withJournal(async (setting) => {
    const { root, journal } = setting;
    const planned = plan(setting, "one");
    Deno.removeSync(join(root, "a/one.jsonl"));
    const { receipt } = await journal.move(planned, { command: "prune" });
    assertEquals(receipt.state, "rolled_back");
    assertEquals(journal.receipts(), []);
  }));

Deno.test("move() files no receipt as done when all changed at the last moment", async () => {
  let grow = () => {};
  await withJournal(async (setting) => {
    const { root, journal } = setting;
    grow = () => {
      grow = () => {};
      Deno.writeTextFileSync(join(root, "a/one.jsonl"), "x", { append: true });
    };
    const { refused } = await journal.move(plan(setting, "one"), { command: "prune" });
    assertEquals(refused.map(({ reason }) => reason), ["changed since the plan"]);
    assertEquals(read(root, "a/one.jsonl"), "one\nx");
    assertEquals(journal.receipts().filter(({ state }) => state === "done"), []);
  }, { onCall: ({ name }) => name === "link" && grow() });
});

Deno.test("move() moves nothing over a file that took the name", () =>
  withJournal(async (setting) => {
    const { root, journal } = setting;
    Deno.mkdirSync(join(root, TO), { recursive: true });
    Deno.writeTextFileSync(join(root, TO, "one"), "another's");
    const { refused } = await journal.move(plan(setting, "one"), { command: "prune" });
    assertEquals(refused.map(({ reason }) => reason), [`"${join(root, TO, "one")}" exists`]);
    assertEquals([read(root, "a/one.jsonl"), read(root, `${TO}/one`)], ["one\n", "another's"]);
  }));

Deno.test("create() makes a file and files what it is", () =>
  withJournal(async ({ root, journal }) => {
    const receipt = await journal.create({ path: "b/new.jsonl", session: "n", origin: "" }, {
      command: "branch",
      write: (out) => out(new TextEncoder().encode("one\n")),
    });
    assertEquals(read(root, "b/new.jsonl"), "one\n");
    assertEquals(receipt.creations, [{
      path: "b/new.jsonl",
      session: "n",
      origin: "",
      bytes: 4,
      sha256: journal.hash("a/one.jsonl"),
    }]);
    assertEquals(journal.receipts(), [receipt]);
  }));

Deno.test("create() leaves nothing when the contents cannot be had, and says why", () =>
  withJournal(async ({ root, journal }) => {
    const write = () => {
      throw new CannotError("no rows", { hint: "none" });
    };
    const options = { command: "branch", write };
    const error = await failureOf(() =>
      journal.create({ path: "a/new", session: "n", origin: "" }, options)
    );
    assert(error instanceof CannotError);
    assertEquals(error.message, "no rows");
    assertEquals(journal.receipts().map(({ state }) => state), ["rolled_back"]);
    assertEquals([...Deno.readDirSync(join(root, "a"))].length, 2);
  }));

Deno.test("create() never takes a file for its own that was there before", () =>
  withJournal(async ({ root, journal }) => {
    const options = { command: "branch", write: () => {} };
    const creation = { path: "a/one.jsonl", session: "n", origin: "" };
    assert(await failureOf(() => journal.create(creation, options)) instanceof CannotError);
    assertEquals(read(root, "a/one.jsonl"), "one\n");
    assertEquals(journal.receipts().filter(({ state }) => state === "done"), []);
  }));

Deno.test("purge() removes what is in the trash and keeps what is elsewhere", () =>
  withJournal(async (setting) => {
    const { root, journal } = setting;
    const { receipt } = await journal.move(plan(setting, "one"), { command: "prune" });
    const [move] = receipt.moves;
    assert(move !== undefined);
    journal.purge({ ...receipt, moves: [move, { ...move, to: "a/two.jsonl" }] });
    assertEquals([read(root, `${TO}/one`), read(root, "a/two.jsonl")], [undefined, "two\n"]);
    assertEquals(journal.trash(), []);
  }));

Deno.test("move() counts on from the newest receipt", () =>
  withJournal(async (setting) => {
    const { journal } = setting;
    await journal.move(plan(setting, "one"), { command: "prune" });
    await journal.move(plan(setting, "two"), { command: "prune" });
    assertEquals(journal.receipts().map(({ id }) => id), ["20261120-120000-2", "20261120-120000"]);
  }));

Deno.test("findLock() tells whether another program holds a file", () =>
  withJournal(({ root, journal }) => {
    const other = new FaultyFiles();
    assert(other.tryLock(join(root, "a/one.jsonl")) !== undefined);
    assertEquals([journal.findLock("a/one.jsonl"), journal.findLock("a/two.jsonl")], [
      "locked by another program",
      undefined,
    ]);
    other.end();
    assertEquals(journal.findLock("a/one.jsonl"), undefined);
  }));

Deno.test("hash() is the SHA-256 of a file's bytes", () =>
  withJournal(({ root, journal }) => {
    Deno.writeTextFileSync(join(root, "abc"), "abc");
    assertEquals(
      journal.hash("abc"),
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    );
  }));

Deno.test("spool() keeps bytes while the journal is open, and dropSpool() removes them", () =>
  withJournal(({ root, journal }) => {
    const spool = () => journal.spool((out) => out(new TextEncoder().encode("piped\n")));
    spool();
    const path = spool();
    assertEquals(read(root, path), "piped\n");
    journal.dropSpool();
    journal.dropSpool();
    assertEquals(read(root, path), undefined);
  }));

Deno.test("Journal takes the time of its receipts from the host", () =>
  withJournal(async (setting) => {
    const { receipt } = await setting.journal.move(plan(setting, "one"), { command: "prune" });
    assertEquals(receipt.timeMs, FAKE_NOW_MS);
  }));
