/** The shells that skein completes for. */

import type { Shell } from "./shell.ts";
import { bash } from "./shell_bash.ts";
import { fish } from "./shell_fish.ts";
import { powershell } from "./shell_powershell.ts";
import { zsh } from "./shell_zsh.ts";

/** All of them; a new one is a line here. */
export const SHELLS: readonly Shell[] = [bash, zsh, fish, powershell];
