/** The store: what is found under roots, what is left out and why, and how sessions are named. */

import { assertEquals, assertThrows } from "@std/assert";
import { join } from "@std/path";
import { CannotError, RefusedError, UsageError } from "../src/errors.ts";
import { Store } from "../src/store.ts";
import { FakeHost } from "./fake_host.ts";
import { withFolder } from "./folder.ts";

const newest = ({ sessions }: ReturnType<Store["list"]>) =>
  sessions.toSorted((a, b) => b.updatedMs - a.updatedMs);

function session(id: string, more = ""): string {
  return `{"type":"meta","meta":{"id":"${id}","cwd":"/p","model":"m","provider":"p","started":"2026-11-01T08:00:00Z","version":"1"}}\n${more}`;
}

function said(text: string, hour: number): string {
  const time = `2026-11-01T${String(hour).padStart(2, "0")}:00:00Z`;
  return `{"type":"message","message":{"role":"user","content":[{"text":"${text}"}],"time":"${time}"}}\n`;
}

/** The reasons why files are not shown, by path below the folder. */
function reasons(folder: string, store: Store): Record<string, string> {
  return Object.fromEntries(
    store.list().skipped.map(({ path, reason, isFailure }) => [
      path.slice(folder.length + 1),
      reason + (isFailure ? "!" : ""),
    ]),
  );
}

Deno.test("list() finds sessions in any nesting and under any name", () => {
  withFolder({
    "a/b/c/deep.jsonl": session("deep"),
    "session.json": session("swarm"),
    "x.zotsession": session("export"),
    "noname": session("bare"),
  }, (folder) => {
    const ids = new Store(new FakeHost(), [folder]).list().sessions.map(({ id }) => id);
    assertEquals(ids.sort(), ["bare", "deep", "export", "swarm"]);
  });
});

Deno.test("list() accounts for every file that is no session", () => {
  withFolder({
    "notes.txt": "hello\n",
    "empty.jsonl": "",
    "other.jsonl": '{"sessionId":"x"}\n',
    "lost.jsonl": "\0\0\0\0\n",
    "auth.json": session("secret"),
    ".env": "KEY=1",
    ".skein/trash/old.jsonl": session("old"),
  }, (folder) => {
    Deno.symlinkSync(join(folder, "notes.txt"), join(folder, "link.jsonl"));
    const store = new Store(new FakeHost(), [folder]);
    assertEquals(store.list().sessions, []);
    assertEquals(reasons(folder, store), {
      ".env": "may hold keys",
      "auth.json": "may hold keys",
      "empty.jsonl": "empty file",
      "link.jsonl": "symbolic link",
      "lost.jsonl": "no readable row!",
      "notes.txt": "not a session",
      "other.jsonl": "not a session",
    });
  });
});

Deno.test("list() never opens a file that may hold keys", () => {
  withFolder(
    { "auth.json": "{}", ".credentials.json": "{}", "auth-notes.jsonl": session("a") },
    (folder) => {
      const host = new FakeHost();
      const opened: string[] = [];
      const files = {
        ...host.files,
        open: (path: string) => {
          opened.push(path.slice(folder.length + 1));
          return host.files.open(path);
        },
      };
      new Store(new FakeHost({ files }), [folder]).list();
      assertEquals(opened, ["auth-notes.jsonl"]);
    },
  );
});

Deno.test("list() reports a file that cannot be read and reads the others", () => {
  withFolder({ "a.jsonl": session("a"), "b.jsonl": session("b") }, (folder) => {
    const host = new FakeHost();
    const files = {
      ...host.files,
      open: (path: string) => {
        if (path.endsWith("a.jsonl")) throw new Deno.errors.PermissionDenied("no (os error 13)");
        return host.files.open(path);
      },
    };
    const store = new Store(new FakeHost({ files }), [folder]);
    assertEquals(store.list().sessions.map(({ id }) => id), ["b"]);
    assertEquals(reasons(folder, store), { "a.jsonl": "permission denied!" });
  });
});

Deno.test("list() does not read a file that was replaced since the walk saw it", () => {
  withFolder({ "a.jsonl": session("a"), "b.jsonl": session("b") }, (folder) => {
    const host = new FakeHost();
    const files = {
      ...host.files,
      open: (path: string) => host.files.open(path.replace("a.jsonl", "b.jsonl")),
    };
    const store = new Store(new FakeHost({ files }), [folder]);
    assertEquals(store.list().sessions.map(({ path }) => path), [join(folder, "b.jsonl")]);
    assertEquals(reasons(folder, store), { "a.jsonl": "replaced while it was read!" });
  });
});

Deno.test("list() follows no link that takes a folder's place while the walk is elsewhere", () => {
  const outside = Deno.makeTempDirSync({ prefix: "skein_" });
  try {
    Deno.writeTextFileSync(join(outside, "o.jsonl"), session("o"));
    withFolder({ "a/a.jsonl": session("a"), "z/z.jsonl": session("z") }, (folder) => {
      const host = new FakeHost();
      const files = {
        ...host.files,
        readFolder: (path: string) => {
          if (path === join(folder, "a")) {
            Deno.renameSync(join(folder, "z"), join(outside, "z"));
            Deno.symlinkSync(outside, join(folder, "z"));
          }
          return host.files.readFolder(path);
        },
      };
      const { sessions } = new Store(new FakeHost({ files }), [folder]).list();
      assertEquals(sessions.map(({ id }) => id), ["a"]);
    });
  } finally {
    Deno.removeSync(outside, { recursive: true });
  }
});

Deno.test("list() marks sessions that share an id, and keeps them all", () => {
  withFolder({ "a.jsonl": session("same"), "b.jsonl": session("same") }, (folder) => {
    const { sessions } = new Store(new FakeHost(), [folder]).list();
    assertEquals(sessions.map(({ problems }) => problems.map(({ kind }) => kind)), [
      ["duplicate_id"],
      ["duplicate_id"],
    ]);
  });
});

Deno.test("list() calls the session live that a running agent names", () => {
  withFolder({ "a.jsonl": session("a"), "b.jsonl": session("b") }, (folder) => {
    const env = { ZOT_SESSION_FILE: join(folder, "a.jsonl") };
    const { sessions } = new Store(new FakeHost({ env }), [folder]).list();
    assertEquals(sessions.map(({ state }) => state), ["live", "empty"]);
  });
});

Deno.test("list() takes one file as a root, and each file once when roots overlap", () => {
  withFolder({ "p/a.jsonl": session("a"), "p/b.jsonl": session("b") }, (folder) => {
    const count = (...roots: string[]) =>
      new Store(new FakeHost({ cwd: folder }), roots).list().sessions.length;
    assertEquals([count("p/a.jsonl"), count("p", "."), count("p/a.jsonl", "p")], [1, 2, 2]);
  });
});

Deno.test("Store refuses a root that does not exist", () => {
  const error = assertThrows(() => new Store(new FakeHost(), ["/no/such/root"]), CannotError);
  assertEquals(error.message, 'Cannot read root "/no/such/root": no such file or folder');
});

Deno.test("Store refuses a root that may not be read", () => {
  withFolder({ "a.jsonl": session("a") }, (folder) => {
    const files = {
      ...new FakeHost().files,
      readFolder: () => {
        throw new Deno.errors.PermissionDenied("no (os error 13)");
      },
    };
    const error = assertThrows(() => new Store(new FakeHost({ files }), [folder]), CannotError);
    assertEquals(error.message, `Cannot read root "${folder}": permission denied`);
  });
});

Deno.test("Store looks in the agents' folders when no root is named, and misses none silently", () => {
  withFolder({ "sessions/1724ab5e6aa7cd42/a.jsonl": session("a") }, (folder) => {
    const store = new Store(new FakeHost({ env: { ZOT_HOME: folder } }), []);
    assertEquals(store.list().sessions.map(({ id, root }) => [id, root]), [
      ["a", join(folder, "sessions")],
    ]);
    assertEquals(new Store(new FakeHost({ env: { ZOT_HOME: "/no/such" } }), []).roots, []);
  });
});

Deno.test("find() takes an id, a prefix, a path and latest", () => {
  withFolder({
    "a.jsonl": session("aaaa1111", said("x", 9)),
    "b.jsonl": session("aaaa2222", said("y", 10)),
  }, (folder) => {
    const store = new Store(new FakeHost({ cwd: folder }), [folder]);
    const find = (reference: string) => store.find(reference, newest).path.slice(folder.length + 1);
    assertEquals(
      ["aaaa1111", "AAAA2", "./a.jsonl", "b.jsonl", "latest", "latest~1"].map(find),
      ["a.jsonl", "b.jsonl", "a.jsonl", "b.jsonl", "b.jsonl", "a.jsonl"],
    );
    assertThrows(() => find("aaaa"), CannotError, "2 ids start with it");
    assertThrows(() => find("bbbb"), CannotError, "no id starts with it");
    assertThrows(() => find("latest~2"), CannotError, "not so many");
    assertThrows(() => find("aaa"), UsageError, "too short");
    assertThrows(() => find("./c.jsonl"), CannotError, "no such file");
    assertThrows(() => find("."), UsageError);
    assertThrows(() => find("./"), CannotError, "not a file");
  });
});

Deno.test("find() refuses a link inside a root that leads out of it", () => {
  withFolder({ "root/a.jsonl": session("a"), "out/b.jsonl": session("b") }, (folder) => {
    const root = join(folder, "root");
    Deno.symlinkSync("../out/b.jsonl", join(root, "link.jsonl"));
    Deno.symlinkSync("../out", join(root, "folder"));
    const store = new Store(new FakeHost(), [root]);
    assertThrows(() => store.find(join(root, "link.jsonl"), newest), RefusedError, "leads out");
    assertThrows(() => store.find(join(root, "folder/b.jsonl"), newest), RefusedError, "leads out");
  });
});
