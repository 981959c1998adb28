/** What a journal takes back, or ends, of changes that were cut short. */

import { assertEquals } from "@std/assert";
import { join } from "@std/path";
import { faultError } from "./faulty_files.ts";
import { dieAt, plan, read, reopen, TO, withJournal } from "./journal_setting.ts";

Deno.test("Journal takes back a move that was cut short, and says so", () =>
  withJournal(async (setting) => {
    const { root } = setting;
    const journal = await reopen(
      setting,
      () => setting.journal.move(plan(setting, "one", "two"), { command: "prune" }),
    );
    assertEquals(journal.recovered.map(({ state }) => state), ["rolled_back"]);
    assertEquals([read(root, "a/one.jsonl"), read(root, "a/two.jsonl")], ["one\n", "two\n"]);
    journal.close();
  }, dieAt("link", 2)));

Deno.test("Journal keeps both files when the old name was taken before it could take back", () =>
  withJournal(async (setting) => {
    const { root } = setting;
    const journal = await reopen(setting, async () => {
      try {
        await setting.journal.move(plan(setting, "one", "two"), { command: "prune" });
      } finally {
        Deno.writeTextFileSync(join(root, "a/one.jsonl"), "another's");
      }
    });
    assertEquals(journal.recovered.map(({ state, moves }) => [state, moves.length]), [["done", 1]]);
    assertEquals([read(root, "a/one.jsonl"), read(root, `${TO}/one`)], ["another's", "one\n"]);
    assertEquals(read(root, "a/two.jsonl"), "two\n");
    journal.close();
  }, dieAt("link", 2)));

Deno.test("Journal takes a move back whose folder is gone by then", () =>
  withJournal(async (setting) => {
    const { root } = setting;
    const journal = await reopen(setting, async () => {
      try {
        await setting.journal.move(plan(setting, "one", "two"), { command: "prune" });
      } finally {
        Deno.removeSync(join(root, "a"), { recursive: true });
      }
    });
    assertEquals(read(root, "a/one.jsonl"), "one\n");
    journal.close();
  }, dieAt("link", 2)));

Deno.test("Journal ends the emptying of the trash that was cut short", () =>
  withJournal(async (setting) => {
    const { root } = setting;
    const journal = await reopen(setting, async () => {
      const { receipt } = await setting.journal.move(plan(setting, "one", "two"), {
        command: "prune",
      });
      setting.journal.purge(receipt);
    });
    assertEquals([read(root, `${TO}/one`), read(root, `${TO}/two`)], [undefined, undefined]);
    assertEquals(journal.receipts().map(({ state }) => state), ["purged"]);
    journal.close();
  }, dieAt("remove", 4)));

for (const at of ["remove", "the receipt's folder"]) {
  let renames = 0;
  Deno.test(`move() says that nothing was changed only when nothing was: failure at ${at}`, () =>
    withJournal(async (setting) => {
      const { root, journal } = setting;
      const move = () => journal.move(plan(setting, "one"), { command: "prune" });
      const told = await move().then(({ receipt }) => receipt.state, String);
      const isThere = read(root, "a/one.jsonl") !== undefined;
      assertEquals(told.includes("nothing was changed"), isThere);
      assertEquals(journal.receipts().map(({ state }) => state), [
        isThere ? "rolled_back" : "done",
      ]);
    }, {
      onCall: ({ name, path }) => {
        if (name === "rename") renames++;
        const isIt = at === "remove"
          ? name === "remove" && path.endsWith("a/one.jsonl")
          : name === "syncFolder" && path.endsWith("receipts") && renames === 2;
        if (!isIt) return;
        renames++;
        throw faultError("full");
      },
    }));
}
