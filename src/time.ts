/**
 * Times as the files write them, and as people type and read them. Nothing here asks the clock: the
 * present comes as a parameter.
 */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const YEAR = 365.25 * DAY;

/** Milliseconds of each unit that a person may type, as in "90m" or "2w". */
const UNITS: Readonly<Record<string, number>> = {
  s: SECOND,
  m: MINUTE,
  h: HOUR,
  d: DAY,
  w: 7 * DAY,
};

const RFC3339 = /^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):\d\d:\d\d([.,]\d+)?(Z|[+-]\d\d:\d\d)$/;

/**
 * Parses the times that Go's `time.Time` reads: RFC 3339 with any number of fraction digits.
 * @returns milliseconds since 1970, or undefined when the text is no such time.
 */
export function parseRfc3339(text: string): number | undefined {
  if (!RFC3339.test(text)) return undefined;
  const ms = Date.parse(text.replace(",", "."));
  if (Number.isNaN(ms)) return undefined;
  // The runtime takes 30 February for 2 March; no month ends before the 28th.
  const day = text.slice(0, 10);
  const isSound = day.slice(8) <= "28" || formatUtc(Date.parse(day)).startsWith(day);
  return isSound ? ms : undefined;
}

/**
 * Parses the times of all agents: RFC 3339, and local times without a zone as Python writes them,
 * which are taken for this machine's.
 * @returns milliseconds since 1970, or undefined when the text is no such time, or Go's zero time.
 */
export function parseTime(text: string): number | undefined {
  if (text.startsWith("0001-01-01T00:00:00")) return undefined;
  const local = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)([.,]\d+)?)?$/.exec(text);
  if (local === null) return parseRfc3339(text);
  const [, day, clock = "00:00", fraction = ""] = local;
  const seconds = clock.length === 5 ? `${clock}:00` : clock;
  // Whether it is a time at all does not depend on the zone.
  if (parseRfc3339(`${day}T${seconds}Z`) === undefined) return undefined;
  const ms = Date.parse(`${day}T${seconds}`);
  return ms + Math.floor(Number(`0${fraction.replace(",", ".")}`) * SECOND);
}

/** How many minutes this machine's wall clock is ahead of UTC at a time. */
export function findZoneMinutes(ms: number): number {
  return -new Date(ms).getTimezoneOffset();
}

/**
 * A time of any agent with a zone, this machine's where it has none; RFC 3339 as Go writes it.
 * @returns undefined when the text is no time
 */
export function toZonedTime(time: string): string | undefined {
  const ms = parseTime(time);
  if (ms === undefined || parseRfc3339(time) !== undefined) return ms === undefined ? ms : time;
  const minutes = findZoneMinutes(ms);
  const fraction = (/[.,](\d+)$/.exec(time)?.[1] ?? "").replace(/0+$/, "");
  const wall = formatUtc(ms + minutes * MINUTE).slice(0, 19);
  return `${wall}${fraction && `.${fraction}`}${formatZone(minutes)}`;
}

/**
 * A time of any agent as this machine's clock showed it, without a zone, to the microsecond.
 * @returns undefined when the text is no time
 */
export function toLocalTime(time: string): string | undefined {
  const ms = parseTime(time);
  if (ms === undefined || parseRfc3339(time) === undefined) return ms === undefined ? ms : time;
  const fraction = (/[.,](\d+)/.exec(time)?.[1] ?? "").padEnd(6, "0").slice(0, 6);
  const wall = formatUtc(ms + findZoneMinutes(ms) * MINUTE).slice(0, 19);
  return wall + (fraction === "000000" ? "" : `.${fraction}`);
}

function formatZone(minutes: number): string {
  if (minutes === 0) return "Z";
  const parts = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  const clock = parts.map((part) => String(part).padStart(2, "0")).join(":");
  return (minutes < 0 ? "-" : "+") + clock;
}

/** The ends of the calendar, whose years have four digits. */
const [FIRST_MS, LAST_MS] = [
  Date.parse("0000-01-01T00:00Z"),
  Date.parse("9999-12-31T23:59:59.999Z"),
];

/** Writes milliseconds since 1970 as RFC 3339 in UTC, as `--json` has it. */
export function formatUtc(ms: number): string {
  return new Date(Math.min(Math.max(ms, FIRST_MS), LAST_MS)).toISOString();
}

/** A time of any agent in that form; undefined when there is none. */
export function toUtc(time: string | undefined): string | undefined {
  const ms = time === undefined ? undefined : parseTime(time);
  return ms === undefined ? undefined : formatUtc(ms);
}

/**
 * Parses a length of time as typed: `45s`, `90m`, `12h`, `30d`, `2w`.
 * @returns milliseconds, or undefined when the text is no such length.
 */
export function parseAge(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)([smhdw])$/.exec(text);
  const unit = UNITS[match?.[2] ?? ""];
  return match === null || unit === undefined ? undefined : Number(match[1]) * unit;
}

/** A stretch of time, both ends included. */
export interface TimeSpan {
  readonly firstMs: number;
  readonly lastMs: number;
}

/**
 * Parses a point in time as typed: a length of time before now (`3d`), a date or a date with time
 * (in UTC unless it names a zone), `today` or `yesterday`.
 * @returns the first and the last millisecond that are meant, since 1970: a date means a whole day;
 *   undefined when the text is no such time.
 */
export function parseWhen(text: string, nowMs: number): TimeSpan | undefined {
  const age = parseAge(text);
  if (age !== undefined) return { firstMs: nowMs - age, lastMs: nowMs - age };
  const midnight = Math.floor(nowMs / DAY) * DAY;
  if (text === "today") return dayFrom(midnight);
  if (text === "yesterday") return dayFrom(midnight - DAY);
  const match = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/.exec(
    text,
  );
  if (match === null) return undefined;
  const [, day, minutes, seconds = ":00", zone = "Z"] = match;
  const ms = parseRfc3339(`${day}T${minutes ?? "00:00"}${seconds}${zone}`);
  if (ms === undefined) return undefined;
  return minutes === undefined ? dayFrom(ms) : { firstMs: ms, lastMs: ms };
}

/** Writes a time as file names start: `20261120-120000`, in UTC. */
export function formatStamp(ms: number): string {
  return formatUtc(ms).slice(0, 19).replace(/[-:]/g, "").replace("T", "-");
}

/** Writes a length of time as one number and one unit: `12s`, `3m`, `5h`, `8d`, `7w`, `2y`. */
export function formatAge(ms: number): string {
  const age = Math.max(0, ms);
  if (age < MINUTE) return `${Math.floor(age / SECOND)}s`;
  if (age < HOUR) return `${Math.floor(age / MINUTE)}m`;
  if (age < 2 * DAY) return `${Math.floor(age / HOUR)}h`;
  if (age < 60 * DAY) return `${Math.floor(age / DAY)}d`;
  if (age < 2 * YEAR) return `${Math.floor(age / (7 * DAY))}w`;
  return `${Math.floor(age / YEAR)}y`;
}

function dayFrom(firstMs: number): TimeSpan {
  return { firstMs, lastMs: firstMs + DAY - 1 };
}
