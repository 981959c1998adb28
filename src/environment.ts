/**
 * The environment variables that skein reads, each with what it does: the compiled binary is given
 * leave to read these names and no other.
 */

/** The operating systems whose default roots differ. */
export type OperatingSystem = "linux" | "darwin" | "windows";

/** What decides where the default roots lie. */
export interface Places {
  readonly os: OperatingSystem;
  /** Reads a variable of `ENVIRONMENT`; undefined when it is unset or empty. */
  readonly env: (name: EnvironmentName) => string | undefined;
}

/** Every variable that is read, and what it is for, in the order in which help lists them. */
export const ENVIRONMENT = {
  SKEIN_ROOT: "roots to look in when no --root is given, separated as in PATH",
  ZOT_HOME: "where zot keeps its files",
  ZOT_SESSION_FILE: "a session that a running zot is writing",
  CLAW_CONFIG_HOME: "where claw-code keeps sessions for all folders",
  SESSION_DIR: "where an eino server keeps sessions of the message kind",
  SESSION_DIR_AGENTIC: "where an eino server keeps sessions of the agentic kind",
  NANOBOT_AGENTS__DEFAULTS__WORKSPACE: "the folder that nanobot works in",
  XDG_STATE_HOME: "where zot keeps its files when ZOT_HOME is unset",
  HOME: "the home folder",
  USERPROFILE: "the home folder on Windows",
  LOCALAPPDATA: "where zot keeps its files on Windows",
  COLUMNS: "the width of the output, in cells",
  TERM: "dumb for a terminal that can only print: no colour, no progress, nothing to pick from",
  SOURCE_DATE_EPOCH: "the time to take for now, in seconds since 1970, for repeatable output",
} as const;

/** A variable that skein reads. */
export type EnvironmentName = keyof typeof ENVIRONMENT;

/** The home folder, or undefined where none is set. */
export function findHome(places: Places): string | undefined {
  return places.env(places.os === "windows" ? "USERPROFILE" : "HOME");
}
