/** Files that are made and moved for real: whole or not at all, and never outside of the root. */

import { assertEquals, assertThrows } from "@std/assert";
import { join } from "@std/path";
import { denoHost } from "../src/deno_host.ts";
import {
  checkContained,
  createFile,
  findFacts,
  isSameFile,
  makeFolders,
  placeFile,
  takeLock,
  unfinishedPath,
} from "../src/durable.ts";
import { CannotError, RefusedError } from "../src/errors.ts";
import { faultError, FaultyFiles } from "./faulty_files.ts";
import { withFolder } from "./folder.ts";

const { files } = denoHost();
const BYTES = new TextEncoder().encode("first\nsecond\n");

function create(folder: string, changes: Partial<Parameters<typeof createFile>[1]> = {}): void {
  createFile(files, {
    root: folder,
    path: join(folder, "a/b/new.jsonl"),
    mode: 0o600,
    tag: "t",
    write: (out) => {
      out(BYTES.subarray(0, 6));
      out(BYTES.subarray(6));
    },
    ...changes,
  });
}

function names(folder: string): readonly string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
}

Deno.test("createFile() makes the file whole, with its mode, and private folders above it", () => {
  withFolder({}, (folder) => {
    create(folder);
    assertEquals(Deno.readFileSync(join(folder, "a/b/new.jsonl")), BYTES);
    assertEquals(files.lstat(join(folder, "a/b/new.jsonl")).mode, 0o600);
    assertEquals(files.lstat(join(folder, "a")).mode, 0o700);
    assertEquals(names(join(folder, "a/b")), ["new.jsonl"]);
  });
});

Deno.test("createFile() writes nothing over a file, a folder or a dangling link", () => {
  withFolder({ "taken": "mine", "folder/x": "" }, (folder) => {
    Deno.symlinkSync(join(folder, "nowhere"), join(folder, "link"));
    for (const name of ["taken", "folder", "link"]) {
      assertThrows(() => create(folder, { path: join(folder, name) }), CannotError, "it exists");
    }
    assertEquals(Deno.readTextFileSync(join(folder, "taken")), "mine");
    assertEquals(names(folder), ["folder", "link", "taken"]);
  });
});

Deno.test("createFile() leaves nothing behind when the contents cannot be had", () => {
  withFolder({}, (folder) => {
    const write = () => {
      throw new TypeError("no rows");
    };
    assertThrows(() => create(folder, { path: join(folder, "new"), write }), TypeError, "no rows");
    assertEquals(names(folder), []);
  });
});

Deno.test("createFile() writes over no file that takes the name while it writes", () => {
  withFolder({}, (folder) => {
    const path = join(folder, "new");
    const write = () => Deno.writeTextFileSync(path, "another's");
    assertThrows(() => create(folder, { path, write }), CannotError, "it exists");
    assertEquals(Deno.readTextFileSync(path), "another's");
    assertEquals(names(folder), ["new"]);
  });
});

Deno.test("createFile() refuses a path outside of its root, and one through a link", () => {
  withFolder({ "root/x": "", "outside/x": "" }, (folder) => {
    const root = join(folder, "root");
    Deno.symlinkSync(join(folder, "outside"), join(root, "link"));
    for (const path of ["outside/new", "root/link/new", "root/link/deep/new", "root-too/new"]) {
      assertThrows(() => create(root, { path: join(folder, path) }), RefusedError);
    }
    assertEquals(names(join(folder, "outside")), ["x"]);
    assertEquals(names(folder), ["outside", "root"]);
  });
});

Deno.test("makeFolders() makes what is missing, and refuses a folder outside of the root", () => {
  withFolder({}, (folder) => {
    makeFolders(files, join(folder, "a/b/c"), folder);
    makeFolders(files, join(folder, "a/b/c"), folder);
    assertEquals(files.lstat(join(folder, "a/b/c")).type, "folder");
    assertThrows(() => makeFolders(files, join(folder, "../x"), folder), RefusedError);
  });
});

Deno.test("placeFile() keeps inode, mode and times", () => {
  withFolder({ "old": "text" }, (folder) => {
    Deno.chmodSync(join(folder, "old"), 0o640);
    Deno.utimeSync(join(folder, "old"), 1000, 1000);
    const before = files.lstat(join(folder, "old"));
    placeFile(files, join(folder, "old"), join(folder, "new"));
    assertEquals(files.lstat(join(folder, "new")), before);
    assertEquals(names(folder), ["new"]);
  });
});

Deno.test("placeFile() writes over no file", () => {
  withFolder({ "old": "text", "new": "another's" }, (folder) => {
    assertThrows(
      () => placeFile(files, join(folder, "old"), join(folder, "new")),
      CannotError,
      "it exists",
    );
    assertEquals(Deno.readTextFileSync(join(folder, "new")), "another's");
    assertEquals(Deno.readTextFileSync(join(folder, "old")), "text");
  });
});

Deno.test("placeFile() renames where the file system has no second names", () => {
  withFolder({ "old": "text" }, (folder) => {
    const plain = new FaultyFiles({
      onCall: ({ name }) => {
        if (name === "link") throw new Error("Operation not supported (os error 95)");
      },
    });
    placeFile(plain, join(folder, "old"), join(folder, "new"));
    assertEquals(names(folder), ["new"]);
  });
});

Deno.test("placeFile() keeps the old name until the new one is on the disk", () => {
  withFolder({ "a/old": "text", "b/x": "" }, (folder) => {
    const noted = new FaultyFiles();
    placeFile(noted, join(folder, "a/old"), join(folder, "b/new"));
    const calls = noted.calls.map(({ name, path }) => `${name} ${path.slice(folder.length + 1)}`);
    assertEquals(calls, ["link b/new", "syncFolder b", "remove a/old", "syncFolder a"]);
  });
});

Deno.test("checkContained() takes a path below its root, and no other", () => {
  withFolder({ "root/a/x": "", "outside/x": "" }, (folder) => {
    const root = join(folder, "root");
    Deno.symlinkSync(join(folder, "outside"), join(root, "link"));
    checkContained(files, join(root, "a/x"), root);
    checkContained(files, join(root, "a/new"), root);
    for (const path of [`${root}/a/../x`, `${root}/link/x`, `${folder}/outside/x`, `${root}x/y`]) {
      assertThrows(() => checkContained(files, path, root), RefusedError);
    }
  });
});

Deno.test("findFacts() finds nothing where nothing is, and throws what else goes wrong", () => {
  withFolder({ "file": "text" }, (folder) => {
    assertEquals(findFacts(files, join(folder, "no")), undefined);
    assertEquals(findFacts(files, join(folder, "file/below")), undefined);
    assertEquals(findFacts(files, join(folder, "file"))?.sizeBytes, 4);
    const broken = new FaultyFiles({ fault: { call: 0, kind: "denied" } });
    assertThrows(() => findFacts(broken, join(folder, "file")), Deno.errors.PermissionDenied);
  });
});

Deno.test("isSameFile() tells a file that was touched, grew or was replaced", () => {
  withFolder({ "a": "text", "b": "text" }, (folder) => {
    const a = files.lstat(join(folder, "a"));
    assertEquals(isSameFile(a, { ...a, mode: 0o400 }), true);
    const others = [
      { ...a, sizeBytes: 5 },
      { ...a, mtimeMs: a.mtimeMs + 1 },
      { ...a, ino: files.lstat(join(folder, "b")).ino },
      { ...a, dev: a.dev + 1 },
    ];
    assertEquals(others.map((other) => isSameFile(a, other)), [false, false, false, false]);
  });
});

Deno.test("takeLock() keeps a file that is there, or that comes in between", () => {
  withFolder({ "there": "text" }, (folder) => {
    takeLock(files, join(folder, "there"), folder)?.release();
    assertEquals(Deno.readTextFileSync(join(folder, "there")), "text");
    const path = join(folder, "new");
    const raced = new FaultyFiles({
      onCall: ({ name }) => {
        if (name === "create") Deno.writeTextFileSync(path, "another's");
      },
    });
    takeLock(raced, path, folder)?.release();
    assertEquals(Deno.readTextFileSync(path), "another's");
  });
});

Deno.test("takeLock() refuses a link in the place of the file", () => {
  withFolder({ "outside": "text" }, (folder) => {
    Deno.symlinkSync("outside", join(folder, "lock"));
    assertThrows(() => takeLock(files, join(folder, "lock"), folder), RefusedError);
  });
});

Deno.test("unfinishedPath() stays in the folder of the file", () => {
  assertEquals(unfinishedPath("/r/a/new.jsonl", "t"), "/r/a/.skein-t.tmp");
});

Deno.test("createFile() leaves nothing behind when a step after the writing fails", () => {
  withFolder({}, (folder) => {
    const path = join(folder, "new");
    for (const step of ["close", "link"] as const) {
      let isFirst = true;
      const faulty = new FaultyFiles({
        onCall: ({ name }) => {
          if (name === "rename" || (name === step && isFirst)) {
            isFirst = false;
            throw faultError("broken");
          }
        },
      });
      const options = { root: folder, path, mode: 0o600, tag: "t", write: () => {} };
      assertThrows(() => createFile(faulty, options), Error, "os error 5");
      faulty.end();
      assertEquals(names(folder), [], step);
    }
  });
});
