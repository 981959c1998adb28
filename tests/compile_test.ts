/** Holds the script that compiles, its roots, and the runtime base from npm to what they promise. */

import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import { join } from "@std/path";
import { ENVIRONMENT } from "../src/environment.ts";
import { CannotError, UsageError } from "../src/errors.ts";
import { buildCompileArgs, parseCompileArgs } from "../scripts/compile.ts";
import {
  findHostTarget,
  parseTarget,
  resolveCompiledRoots,
  resolveOutput,
  type Target,
} from "../scripts/compile_target.ts";
import { cutElfImage, NPM_BASE, readTarMember, verifyNpmBase } from "../scripts/npm_base.ts";

const CALL = {
  program: "/build/skein.js",
  output: "/build/skein",
  target: "x86_64-unknown-linux-gnu",
  roots: ["/home/ada/sessions", ".claw/sessions"],
} as const;

Deno.test("buildCompileArgs() allows the roots and the known variables, and nothing else", () => {
  assertEquals(buildCompileArgs(CALL), [
    "compile",
    "--quiet",
    "--no-config",
    "--no-check",
    "--no-prompt",
    "--no-code-cache",
    "--v8-flags=--max-semi-space-size=2,--initial-heap-size=64",
    "--target=x86_64-unknown-linux-gnu",
    "--allow-read=/home/ada/sessions,.claw/sessions",
    "--allow-write=/home/ada/sessions,.claw/sessions",
    `--allow-env=${Object.keys(ENVIRONMENT).join(",")}`,
    "--output=/build/skein",
    "/build/skein.js",
  ]);
});

Deno.test("buildCompileArgs() doubles a comma inside a root", () => {
  const args = buildCompileArgs({ ...CALL, roots: ["/a,b", "/c,", "/d"] });
  assertEquals(args.find((arg) => arg.startsWith("--allow-read=")), "--allow-read=/a,,b,/c,,,/d");
});

Deno.test("parseCompileArgs() returns every root, the output and the target", () => {
  assertEquals(parseCompileArgs([]), { roots: [] });
  assertEquals(
    parseCompileArgs(["--root", "a", "--root=b", "--output", "c", "--target", CALL.target]),
    { roots: ["a", "b"], output: "c", target: CALL.target },
  );
});

Deno.test("parseCompileArgs() returns undefined when help is asked for", () => {
  assertEquals(parseCompileArgs(["--help"]), undefined);
});

for (
  const [args, message] of [
    [["--rot", "a"], 'unknown argument "--rot"'],
    [["--no-root"], 'unknown argument "--no-root"'],
    [["a"], 'unknown argument "a"'],
    [["--", "a"], 'unknown argument "a"'],
    [["--root", "-A"], 'unknown argument "-A"'],
    [["--root"], "--root needs a value"],
    [["--root="], "--root needs a value"],
    [["--output", "--root", "a"], "--output needs a value"],
    [["--output", "a", "--output", "b"], "--output is given twice"],
    [["--target", "amiga"], 'Cannot compile for "amiga"'],
  ] as const
) {
  Deno.test(`parseCompileArgs() refuses ${args.join(" ")}`, () => {
    assertThrows(() => parseCompileArgs(args), UsageError, message);
  });
}

Deno.test("resolveCompiledRoots() adds the real path of a root that is reached through a link", () => {
  const folder = Deno.realPathSync(Deno.makeTempDirSync());
  try {
    Deno.mkdirSync(join(folder, "real"));
    Deno.symlinkSync(join(folder, "real"), join(folder, "link"));
    const resolveHere = (name: string) =>
      resolveCompiledRoots([join(folder, name)], findHostTarget());
    assertEquals(resolveHere("real"), [join(folder, "real")]);
    assertEquals(resolveHere("link"), [join(folder, "link"), join(folder, "real")]);
    assertEquals(resolveHere("link/new/er"), [
      join(folder, "link/new/er"),
      join(folder, "real/new/er"),
    ]);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

Deno.test("resolveCompiledRoots() returns absolute paths for named roots, each once", () => {
  const here = Deno.realPathSync(".");
  assertEquals(resolveCompiledRoots([".", here], findHostTarget()), [here]);
});

Deno.test("resolveCompiledRoots() keeps roots for another system, and refuses to guess them", () => {
  const foreign: Target = Deno.build.os === "windows"
    ? "x86_64-apple-darwin"
    : "x86_64-pc-windows-msvc";
  assertEquals(resolveCompiledRoots(["C:\\sessions"], foreign), ["C:\\sessions"]);
  assertThrows(() => resolveCompiledRoots([], foreign), UsageError, foreign);
});

Deno.test("resolveOutput() ends the name in .exe for Windows only", () => {
  const windows = parseTarget("x86_64-pc-windows-msvc");
  assertMatch(resolveOutput("skein", windows), /[\\/]skein\.exe$/);
  assertMatch(resolveOutput("skein.exe", windows), /[\\/]skein\.exe$/);
  assertMatch(resolveOutput("skein", parseTarget("aarch64-apple-darwin")), /[\\/]skein$/);
});

Deno.test("cutElfImage() returns the program up to the end of its section headers", () => {
  const program = makeElf({ sectionsAt: 80, sectionCount: 3, sectionBytes: 64, sizeBytes: 400 });
  assertEquals(cutElfImage(program).length, 80 + 3 * 64);
  assert(cutElfImage(program).every((byte, i) => byte === program[i]));
});

Deno.test("cutElfImage() refuses an image that ends beyond the file", () => {
  const program = makeElf({ sectionsAt: 80, sectionCount: 3, sectionBytes: 64, sizeBytes: 271 });
  assertThrows(() => cutElfImage(program), CannotError, "ends at 272");
});

Deno.test("cutElfImage() refuses a short file, a script, and 32 bits", () => {
  const program = makeElf({ sectionsAt: 64, sectionCount: 0, sectionBytes: 64, sizeBytes: 64 });
  assertEquals(cutElfImage(program).length, 64);
  const narrow = Uint8Array.from(program).fill(1, 4, 5);
  const script = new TextEncoder().encode("#!/bin/sh\n".padEnd(64));
  for (const bytes of [program.subarray(0, 63), narrow, script, new Uint8Array()]) {
    assertThrows(() => cutElfImage(bytes), CannotError, "not a 64-bit little-endian ELF file");
  }
});

Deno.test("readTarMember() returns the file of that name, and refuses when there is none", () => {
  const archive = makeTar({ "package/a": "x".repeat(600), "package/b": "kite", "package/c": "" });
  const text = (name: string) => new TextDecoder().decode(readTarMember(archive, name));
  assertEquals(text("package/a"), "x".repeat(600));
  assertEquals(text("package/b"), "kite");
  assertEquals(text("package/c"), "");
  assertThrows(() => text("b"), CannotError, 'Cannot unpack "b"');
});

Deno.test("verifyNpmBase() refuses bytes that are not the base", () => {
  assertThrows(() => verifyNpmBase(new Uint8Array(8), "a base"), CannotError, "SHA-256");
  assertEquals(NPM_BASE.baseSha256.length, 64);
});

interface ElfShape {
  readonly sectionsAt: number;
  readonly sectionCount: number;
  readonly sectionBytes: number;
  readonly sizeBytes: number;
}

function makeElf({ sectionsAt, sectionCount, sectionBytes, sizeBytes }: ElfShape): Uint8Array {
  const program = new Uint8Array(sizeBytes);
  program.set([0x7f, 0x45, 0x4c, 0x46, 2, 1]);
  const header = new DataView(program.buffer);
  header.setBigUint64(0x28, BigInt(sectionsAt), true);
  header.setUint16(0x3a, sectionBytes, true);
  header.setUint16(0x3c, sectionCount, true);
  return program;
}

function makeTar(files: Readonly<Record<string, string>>): Uint8Array {
  const blocks = Object.entries(files).flatMap(([name, text]) => {
    const header = new Uint8Array(512);
    const encoder = new TextEncoder();
    encoder.encodeInto(name, header);
    encoder.encodeInto(text.length.toString(8).padStart(11, "0"), header.subarray(124));
    const body = new Uint8Array(Math.ceil(text.length / 512) * 512);
    encoder.encodeInto(text, body);
    return [...header, ...body];
  });
  return Uint8Array.from([...blocks, ...new Uint8Array(1024)]);
}
