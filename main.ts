/** Runs skein on the machine at hand; the only place that ends the process. */

import { run } from "./src/app.ts";
import { denoHost } from "./src/deno_host.ts";
import { becomeSecondThread } from "./src/thread_entry.ts";

if (!becomeSecondThread() && import.meta.main) {
  Deno.exit(await run(Deno.args, denoHost([], import.meta.url)));
}
