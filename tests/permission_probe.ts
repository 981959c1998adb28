/**
 * A program that tries what skein must not be able to do, and prints what became of it as JSON.
 *
 * `binary_test.ts` compiles it as skein is compiled. An attempt is "denied" only when the runtime
 * refused it for want of a permission; one that failed in any other way had the permission. It takes
 * two folders: one that it may touch, and one outside of that.
 */

type Attempt = (root: string, outside: string) => unknown;

const ATTEMPTS: Readonly<Record<string, Attempt>> = {
  "read inside": (root) => Deno.readTextFileSync(`${root}/inside.txt`),
  "write inside": (root) => Deno.writeTextFileSync(`${root}/new.txt`, ""),
  "rename inside": (root) => Deno.renameSync(`${root}/new.txt`, `${root}/newer.txt`),
  "read a known variable": () => Deno.env.get("HOME"),
  "read outside": (_, outside) => Deno.readTextFileSync(`${outside}/outside.txt`),
  "read outside through ..": (root) => Deno.readTextFileSync(`${root}/../outside.txt`),
  "list outside": (_, outside) => [...Deno.readDirSync(outside)],
  "look outside": (_, outside) => Deno.lstatSync(outside),
  "write outside": (_, outside) => Deno.writeTextFileSync(`${outside}/outside.txt`, "spoilt"),
  "remove outside": (_, outside) => Deno.removeSync(`${outside}/outside.txt`),
  "move out": (root, outside) => Deno.renameSync(`${root}/newer.txt`, `${outside}/newer.txt`),
  "move in": (root, outside) => Deno.renameSync(`${outside}/outside.txt`, `${root}/taken.txt`),
  "link outside": (root, outside) => Deno.linkSync(`${outside}/outside.txt`, `${root}/taken.txt`),
  "make a symbolic link": (root, outside) => Deno.symlinkSync(outside, `${root}/link`),
  "write a temporary file": () => Deno.makeTempFileSync(),
  "read another variable": () => Deno.env.get("PATH"),
  "read every variable": () => Deno.env.toObject(),
  "connect": () => Deno.connect({ hostname: "127.0.0.1", port: 1 }),
  "listen": () => Deno.listen({ hostname: "127.0.0.1", port: 0 }),
  "fetch": () => fetch("http://127.0.0.1:1/"),
  "resolve a name": () => Deno.resolveDns("localhost", "A"),
  "run a program": () => new Deno.Command("/bin/sh", { args: ["-c", ":"] }).outputSync(),
  "send a signal": () => Deno.kill(Deno.pid, "SIGCONT"),
  "load a library": (root) => Deno.dlopen(`${root}/inside.txt`, {}),
  "read the host name": () => Deno.hostname(),
  "read the user": () => Deno.uid(),
  "ask for the network": () => ask({ name: "net" }),
  "ask for programs": () => ask({ name: "run" }),
  "ask for every file": () => ask({ name: "read" }),
  "ask for every variable": () => ask({ name: "env" }),
};

function ask(permission: Deno.PermissionDescriptor): void {
  const { state } = Deno.permissions.requestSync(permission);
  if (state !== "granted") throw new Deno.errors.NotCapable(state);
}

async function tryOut(attempt: Attempt, root: string, outside: string): Promise<string> {
  try {
    await attempt(root, outside);
    return "granted";
  } catch (error) {
    return error instanceof Deno.errors.NotCapable ? "denied" : "granted";
  }
}

if (import.meta.main) {
  const [root = "", outside = ""] = Deno.args;
  const outcomes: Record<string, string> = {};
  for (const [name, attempt] of Object.entries(ATTEMPTS)) {
    outcomes[name] = await tryOut(attempt, root, outside);
  }
  console.log(JSON.stringify(outcomes));
}
