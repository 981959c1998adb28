/**
 * Replays the recorded terminal sessions with a compiled binary in the place of the program's own
 * `run`, to show that bundling, compiling and permissions change nothing that a person sees.
 *
 * The binary may touch the folder of the replay's homes and nothing else. It is made from main.ts as
 * it stands, without roots built in, because the recorded sessions look where agents keep theirs.
 */

import { join } from "@std/path";
import { compile } from "./compile.ts";
import { runScript } from "./run_script.ts";
import { CACHE, REPOSITORY } from "./runtime_base.ts";

async function replayWithBinary(): Promise<number> {
  const folder = join(CACHE, "golden");
  const root = join(folder, "homes");
  Deno.mkdirSync(root, { recursive: true });
  const { output } = await compile({
    roots: [root],
    output: join(folder, "skein"),
    main: join(REPOSITORY, "main.ts"),
  });
  const { code } = await new Deno.Command(Deno.execPath(), {
    args: ["test", "-A", "--quiet", join(REPOSITORY, "tests/golden_test.ts")],
    cwd: REPOSITORY,
    env: { SKEIN_BINARY: output, SKEIN_GOLDEN_ROOT: root },
  }).spawn().status;
  return code;
}

if (import.meta.main) await runScript(replayWithBinary);
