/**
 * Rows of few shapes, for scanners that know rows by their shapes: short messages of each agent whose
 * texts and numbers vary much, and rows that are nearly the same.
 */

import type { Random } from "./random.ts";

/** Texts as they stand between quotes: plain ones, escapes good and bad, bytes of many kinds. */
const TEXTS = [
  "",
  "kite",
  "風の糸",
  "naïve 🪁",
  "\\n\\t\\\\",
  "\\u003cb\\u003e",
  'a \\"quoted\\" word',
  "\\r\\b\\f\\/",
  "\\\\\\\\",
  "\\u00e9\\u00E9",
  "\\ud83e\\ude81",
  "\\udbff\\udfff",
  "\\ud83e\\udbff",
  "\\uD83E\\uDE81\\ud83e\\ude81",
  "\\ud83e",
  "\\ude81",
  "\\ude81\\ud83e",
  "\\ud83e\\ud83e\\ude81",
  "\\ud83e\\u0041",
  "\\ud83e\\n",
  "\\ud83e\\ude8",
  "\\ud83eude81",
  "\\ud83e-ude81",
  "\\\\ud83e\\ude81",
  "\\ud83e\\\\ude81",
  "\\uD7ff",
  "\\x",
  "\\u00g0",
  "\\u12",
  "\\",
  "\u0007",
  "\t",
  "\u007f",
  "{[:,]}",
  '{"type":"message"}',
] as const;

const NUMBERS = [
  "0",
  "7",
  "120",
  "-0",
  "-3",
  "1.0",
  "1.5",
  "0.25",
  "0.30000000000000004",
  "3.3333333333333335",
  "123456789012345",
  "1234567890123456",
  "9007199254740993",
  "4294967296",
  "1e3",
  "0e3",
  "1E-7",
  "01",
  "-",
  "1.",
  "2.",
  ".5",
  "+1",
  "1x",
  "NaN",
  "true",
  "truex",
  "nullnull",
  "1 2",
  '""',
] as const;

const ROLES = ["user", "assistant", "tool", "system", "User", "us\\u0065r", "robot", ""] as const;

const TIMES = [
  "2026-06-27T05:46:50.5+02:00",
  "2026-06-27T05:46:50Z",
  "2026-02-29T05:46:50Z",
  "2024-02-29T23:59:59.999999999-11:30",
  "2026-06-31T05:46:50Z",
  "2026-13-01T05:46:50Z",
  "2026-06-27T24:00:00Z",
  "2026-06-27T05:46:60Z",
  "2026-06-27T05:46:50,5Z",
  "2026-06-27T05:46:50+24:00",
  "0001-01-01T00:00:00Z",
  "2026-02-16T09:30:00.001200",
  "2026-02-16T09:30:00",
  "2026-02-16",
  "1969-12-31T23:59:59Z",
  "kite",
  "",
] as const;

/** Gives the rows of a file, its head first. */
export function makeShapedRows(random: Random, agent: string): readonly string[] {
  const text = () => {
    // What is empty is of another shape than what is not.
    if (random.chance(0.1)) return "";
    const filling = "x".repeat(random.pick([0, 0, 0, 1, 30, 61, 62, 63, 64, 65, 130]));
    return random.chance(0.4) ? "kite" : filling + random.pick(TEXTS) + random.pick(["", filling]);
  };
  const number = () => {
    if (random.chance(0.15)) return String(random.fraction());
    return random.chance(0.6) ? String(random.integer(0, 2_000)) : random.pick(NUMBERS);
  };
  const role = () => random.chance(0.7) ? random.pick(["user", "assistant"]) : random.pick(ROLES);
  const time = () => random.chance(0.6) ? TIMES[0] : random.pick(TIMES);
  const said: Said = { text, number, role, time };
  const [head, ...makers] = AGENTS[agent] ?? [];
  if (head === undefined) throw new Error(`no rows are known of ${agent}`);
  const rows = random.list(random.integer(3, 14), () => {
    const make = makers[random.integer(0, makers.length - 1)];
    return make === undefined ? "" : respell(random, make(said));
  });
  return [head(said), ...rows];
}

interface Said {
  text(): string;
  number(): string;
  role(): string;
  time(): string;
}

const AGENTS: Readonly<Record<string, readonly ((said: Said) => string)[]>> = {
  zot: [
    () =>
      `{"type":"meta","meta":{"id":"5d0c1f6e-8a44-4b1e-9d2b-3f1c7a90e512","cwd":"/k","model":"m","provider":"p","started":"2026-06-27T03:46:34Z","version":"0.2.9"}}`,
    ({ role, text, time }) =>
      `{"type":"message","message":{"role":"${role()}","content":[{"text":"${text()}"}],"time":"${time()}"}}`,
    ({ text, time, number }) =>
      `{"type":"message","message":{"role":"assistant","content":[{"id":"c1","name":"${text()}","arguments":{"n":${number()}}}],"time":"${time()}"}}`,
    ({ text, time, number }) =>
      `{"type":"message","message":{"role":"tool","content":[{"call_id":"c1","content":[{"text":"${text()}"}],"is_error":${
        random01(number())
      }}],"time":"${time()}"}}`,
    // No result, and so no message that is kept, unless the id is empty: then it is a text.
    ({ text }) =>
      `{"type":"message","message":{"role":"tool","content":[{"call_id":"${text()}","is_error":5}]}}`,
    ({ number }) =>
      `{"type":"usage","usage":{"input_tokens":${number()},"cost_usd":0.5},"cumulative":{"input_tokens":${number()},"output_tokens":3,"cost_usd":${number()}}}`,
    ({ number }) =>
      `{"type":"usage","cumulative":{"input_tokens":7,"cost_usd":0.${number()},"output_tokens":3}}`,
    ({ text }) => `{"title":"${text()}","type":"rename"}`,
  ],
  claw: [
    () =>
      `{"created_at_ms":1782531994120,"session_id":"session-1782531994120-0","type":"session_meta","updated_at_ms":1782531999001,"version":1}`,
    ({ role, text }) =>
      `{"message":{"blocks":[{"text":"${text()}","type":"text"}],"role":"${role()}"},"type":"message"}`,
    ({ text, number }) =>
      `{"message":{"blocks":[{"text":"${text()}","type":"text"}],"role":"assistant","usage":{"cache_creation_input_tokens":0,"cache_read_input_tokens":${number()},"input_tokens":${number()},"output_tokens":15}},"type":"message"}`,
    ({ text }) =>
      `{"message":{"blocks":[{"id":"t1","input":"{}","name":"${text()}","type":"tool_use"}],"role":"assistant"},"type":"message"}`,
    ({ text, number }) => `{"text":"${text()}","timestamp_ms":${number()},"type":"prompt_history"}`,
    ({ text, number }) =>
      `{"count":1,"removed_message_count":${number()},"summary":"${text()}","type":"compaction"}`,
  ],
  eino: [
    () => `{"type":"session","id":"s1","created_at":"2026-06-27T03:46:34Z"}`,
    ({ role, text }) => `{"role":"${role()}","content":"${text()}"}`,
    ({ text, number }) =>
      `{"role":"assistant","content":"","tool_calls":[{"index":${number()},"id":"c1","type":"function","function":{"name":"${text()}","arguments":"{}"}}]}`,
    ({ text, number }) =>
      `{"role":"assistant","content":"${text()}","response_meta":{"finish_reason":"stop","usage":{"prompt_tokens":${number()},"completion_tokens":${number()},"total_tokens":9}}}`,
    ({ text }) =>
      `{"role":"user","content":"","user_input_multi_content":[{"type":"text","text":"${text()}"}]}`,
  ],
  nanobot: [
    () =>
      `{"_type": "metadata", "key": "telegram:123", "created_at": "2026-02-16T09:30:00", "updated_at": "2026-02-16T09:31:00", "metadata": {}}`,
    ({ role, text, time }) =>
      `{"role": "${role()}", "content": "${text()}", "timestamp": "${time()}"}`,
    ({ text, time, number }) =>
      `{"role": "user", "content": "${text()}", "timestamp": "${time()}", "_command": ${number()}}`,
    ({ text, time }) =>
      `{"role": "user", "content": [{"type": "${
        text() === "" ? "text" : "image_url"
      }", "image_url": {"url": "data:image/png;base64,iVBORw0="}}], "timestamp": "${time()}"}`,
    ({ text, time }) =>
      `{"_type": "${
        text() === "kite" ? "message" : "provider_state"
      }", "role": "user", "content": "${text()}", "timestamp": "${time()}"}`,
  ],
};

function random01(number: string): string {
  return number.length === 1 ? "true" : number;
}

/** Spells a row in another way here and there: the same to JSON, or nearly. */
function respell(random: Random, row: string): string {
  switch (random.pick(["no", "no", "no", "no", "case", "escape", "space", "double", "cut"])) {
    case "case":
      return row.replace(/"(role|type|time|content)":/, (key) => key.toUpperCase());
    case "escape":
      return row.replace(/"(rol|typ|tim)(e)":/, '"$1\\u0065":');
    case "space":
      return row.replace(random.pick([":", ",", "{", "}"]), (mark) => ` ${mark} `);
    case "double":
      return row.replace(/^\{/, random.pick(['{"role":"tool",', '{"type":"meta",', '{"time":5,']));
    case "cut":
      return row.slice(0, random.integer(1, row.length));
    default:
      return row;
  }
}
