/**
 * Sample sessions of a shop whose customers write in many scripts: what is hard to line up in a
 * terminal, because a letter takes two cells or none, because several make one, or because a line
 * runs from right to left.
 *
 * Each session is here for the one script that its comment names. Everything is invented.
 */

import { keepMessages, type SampleSession } from "./sample_session.ts";
import { message, usage } from "./zot_rows.ts";

/** What is not the same in all of these sessions. */
interface Talk extends Pick<SampleSession, "id" | "project"> {
  /** The day of November 2026 that it took place on. */
  readonly day: string;
  readonly question: string;
  readonly answer: string;
}

function talk({ id, project, day, question, answer }: Talk): SampleSession {
  return {
    id,
    project,
    started: `2026-11-${day}T09:00:00Z`,
    ended: `2026-11-${day}T09:05:00Z`,
    rows: [
      message("user", `${day}T10:00:30`, question),
      usage([900, 80], 0.0074),
      message("assistant", `${day}T10:05:00`, answer),
    ],
  };
}

/** A session that keeps both messages of its parent. */
function branch(parent: SampleSession, own: Talk): SampleSession {
  const session = talk(own);
  return {
    ...session,
    lineage: { parent: parent.id, fork_point: 2 },
    rows: [...keepMessages(parent, 2), ...session.rows],
  };
}

/** Letters that bear more marks than any language has. */
function pile(text: string): string {
  return text.replaceAll(
    /\p{L}/gu,
    (letter) => `${letter}\u0337\u0322\u0334\u0338\u0335\u0336\u0301`,
  );
}

/** Two cells a letter. */
const japanese = talk({
  id: "4be0a1c7-60d2-4f83-9a15-c7d83b2e9f04",
  project: "凧屋",
  day: "19",
  question: "凧の糸目を三本から五本に増やすと、風の強い日でも揺れが収まるか確かめてください。",
  answer: "五本で揺れは半分になりました。",
});

/** Syllables, some written as the letters that they are made of. */
const korean = talk({
  id: "b83d5f20-1c4e-4a97-8e66-02f9d7a5c318",
  project: "연 가게",
  day: "18",
  question: `연 꼬리 길이를 ${"바람 세기".normalize("NFD")}마다 표로 정리해 줘, 2.4 m 연부터`,
  answer: "표로 정리했습니다.",
});

/** A family, flags and skin tones, in a folder's name as well. */
const family = talk({
  id: "0f9c62d4-8b1a-4e70-b3f5-6d21c8e4a793",
  project: "family 👨‍👩‍👧‍👦 day",
  day: "16",
  question: "Who flies which kite 🪁: 👨‍👩‍👧‍👦 from 🇨🇭, 👩🏽‍🔧 from 🇯🇵, 👍🏽 or 👎🏿, ❤️ 1️⃣ or ☎️ 2️⃣?",
  answer: "The family gets the delta.",
});

/** A branch of it, with a title of pictures alone. */
const flags = branch(family, {
  id: "c7a415e8-93d6-4b0f-a2c8-5e80f16b7d39",
  project: "family 👨‍👩‍👧‍👦 day",
  day: "17",
  question: "🏳️‍🌈🇨🇭🇯🇵👨‍👩‍👧‍👦👩🏽‍🔧🤦🏼‍♂️👍🏽🏴‍☠️🇨🇭🇯🇵👨‍👩‍👧‍👦👩🏽‍🔧🤦🏼‍♂️👍🏽🏴‍☠️🇨🇭🇯🇵👨‍👩‍👧‍👦",
  answer: "🪁",
});

/** Signs that stand before, behind and below the letter that they are read after. */
const hindi = talk({
  id: "e21f7b96-4d3c-4850-9b7e-8a06c5f2d1e4",
  project: "पतंग की दुकान",
  day: "14",
  question: "पतंग की डोर कितनी लंबी होनी चाहिए, यदि पूँछ तीन मीटर की है और हवा क्षण भर में बदलती है?",
  answer: "पूँछ से दस गुना।",
});

/** Vowels above and below, and one that takes a cell of its own. */
const thai = talk({
  id: "7d50c3a9-e8f1-4264-b0d7-13e9a68c5f2b",
  project: "ร้านว่าว",
  day: "12",
  question: "ช่วยเขียนวิธีพับโคมกระดาษให้สั้นลงหน่อย น้ำหนักไม่เกินสองร้อยกรัม ทำได้ที่บ้าน",
  answer: "สั้นลงครึ่งหนึ่งแล้ว",
});

/** Letters and their marks apart, as some keyboards write them. */
const vietnamese = branch(thai, {
  id: "5a6e8d17-2f94-4cb3-8071-f4b2e9d06c8a",
  project: "lồng đèn".normalize("NFD"),
  day: "15",
  question: "Đèn lồng giấy bị ướt thì phơi thế nào cho khỏi rách và khỏi bạc màu?".normalize("NFD"),
  answer: "Phơi trong bóng râm.",
});

/** Marks in piles. */
const piled = talk({
  id: "d94b07f3-65ea-4318-92c6-b7f05a1e8c4d",
  project: "kite",
  day: "10",
  question: pile("The kite that nobody can read the name of, not even from below"),
  answer: "It has no name.",
});

/** From right to left, with a number that does not; its id has digits alone. */
const arabic = talk({
  id: "38291045-7160-4529-8314-902746158370",
  project: "طائرات ورقية",
  day: "09",
  question: "كم يبلغ طول ذيل الطائرة الورقية إذا كان الجناح 2.4 متر والريح 20 كم في الساعة؟",
  answer: "سبعة أمتار.",
});

/** From right to left, with vowel points. */
const hebrew = branch(arabic, {
  id: "1e8f42b6-d07c-4a95-b638-4c9da2f7e051",
  project: "עפיפונים",
  day: "11",
  question: "לָמָּה הָעֲפִיפוֹן נוטה שמאלה ברוח של 20 קמ״ש, ומה אורך הזנב (במטרים)?",
  answer: "הזנב קצר מדי.",
});

/** Both directions in one line, and a letter that would turn what follows it. */
const mixed = branch(hebrew, {
  id: "a3d6950c-b84f-4e27-9f01-7c52e8b1d46f",
  project: "lantern",
  day: "13",
  question:
    "Translate קפל את הפנס לשלושה, then كرر مرتين, 3 times (A4), and rename \u202egnp.nretnal\u202c",
  answer: "Done, in both.",
});

/** The sessions, in the order of their start. */
export const LANGUAGE_SESSIONS: readonly SampleSession[] = [
  arabic,
  piled,
  hebrew,
  thai,
  mixed,
  hindi,
  vietnamese,
  family,
  flags,
  korean,
  japanese,
];
