/** Runs skein on the machine at hand; the only place that ends the process. */

import { run } from "./src/app.ts";
import { denoHost } from "./src/deno_host.ts";
import { serveHelper } from "./src/second_thread.ts";

if (import.meta.main && !serveHelper()) {
  Deno.exit(await run(Deno.args, denoHost([], import.meta.url)));
}
