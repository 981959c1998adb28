/**
 * Python's datetime.fromisoformat() of 3.11: a date with or without hyphens, as a day of a month
 * or of a week; then, after any one character, a time with or without colons, which may end
 * after its hours or its minutes; then perhaps Z or an offset of less than a day. What Python takes
 * by mistake, such as a comma after the minutes, is refused here.
 */

const DAY = /^([0-9]{4})(-?)([0-9]{2})\2([0-9]{2})/;
const WEEK_DAY = /^([0-9]{4})(-?)W([0-9]{2})(?:\2([1-7]))?/;
const TIME = new RegExp(`^${clockPattern(2)}(?:Z|[-+](?:${clockPattern(6)}))?$`);

/** A clock whose second colon is there or missing as the first one, the group of this number. */
function clockPattern(colon: number): string {
  return `([0-9]{2})(?:(:?)([0-9]{2})(?:\\${colon}([0-9]{2})(?:[.,][0-9]+)?)?)?`;
}

/** Answers whether Python takes the text as a time. */
export function isPythonTime(text: string): boolean {
  const date = readDay(text) ?? readWeekDay(text);
  if (date === undefined) return false;
  const [separator, ...rest] = text.slice(date.length);
  return separator === undefined || isClock(rest.join(""));
}

/** Gives the part of the text that is a day of a month. */
function readDay(text: string): string | undefined {
  const [date, year, , month, day] = DAY.exec(text) ?? [];
  const start = new Date(0);
  start.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  const isDay = Number(year) > 0 && start.getUTCMonth() === Number(month) - 1 &&
    start.getUTCDate() === Number(day);
  return isDay ? date : undefined;
}

/** Gives the part of the text that is a day of a week; a year has 52 weeks or 53. */
function readWeekDay(text: string): string | undefined {
  const [date, year, , week] = WEEK_DAY.exec(text) ?? [];
  const weeks = isLongYear(Number(year)) ? 53 : 52;
  return Number(year) > 0 && Number(week) > 0 && Number(week) <= weeks ? date : undefined;
}

function isLongYear(year: number): boolean {
  const lastWeekDay = (of: number) =>
    (of + Math.floor(of / 4) - Math.floor(of / 100) + Math.floor(of / 400)) % 7;
  return lastWeekDay(year) === 4 || lastWeekDay(year - 1) === 3;
}

function isClock(text: string): boolean {
  const [clock, hour, , minute, second, offsetHour, , offsetMinute, offsetSecond] =
    TIME.exec(text) ?? [];
  if (clock === undefined) return false;
  const isWithin = (digits: string | undefined, most: number) => Number(digits ?? 0) <= most;
  return isWithin(hour, 23) && isWithin(minute, 59) && isWithin(second, 59) &&
    isWithin(offsetHour, 23) && isWithin(offsetMinute, 59) && isWithin(offsetSecond, 59);
}
