/** Changes of the scanner (`row_scanner*.wat`), each of which makes it wrong by a little. */

/** What a mutant is, the text of the scanner that it changes, and into what. */
export interface Mutant {
  readonly what: string;
  readonly from: string;
  readonly to: string;
}

/** The mutants. */
export const MUTANTS: readonly Mutant[] = [
  {
    what: "a colon counts as a digit",
    from: "(i32.sub (local.get $byte) (i32.const 0x30)) (i32.const 10))",
    to: "(i32.sub (local.get $byte) (i32.const 0x30)) (i32.const 11))",
  },
  {
    what: "a number may start with a zero and go on",
    from: "(i32.eq (local.get $byte) (i32.const 0x30))\n          (call $isDigit",
    to: "(i32.eq (local.get $byte) (i32.const 0x3a))\n          (call $isDigit",
  },
  {
    what: "a point tells nothing",
    from: "(local.set $kind (i32.const 0x64))",
    to: "(nop)",
  },
  {
    what: "a point needs no digit after it",
    from:
      "(local.set $kind (i32.const 0x64))\n        (local.set $at (i32.add (local.get $at) (i32.const 1)))\n        (local.set $byte (i32.load8_u (local.get $at)))\n        (if (i32.eqz (call $isDigit (local.get $byte)))\n          (then (return (i32.const 0))))",
    to:
      "(local.set $kind (i32.const 0x64))\n        (local.set $at (i32.add (local.get $at) (i32.const 1)))\n        (local.set $byte (i32.load8_u (local.get $at)))\n        (if (i32.eqz (call $isDigit (local.get $byte)))\n          (then (global.set $scalarEnd (local.get $at)) (return (local.get $kind))))",
  },
  {
    what: "an exponent is no part of a number",
    from: "(if (i32.eq (i32.or (local.get $byte) (i32.const 0x20)) (i32.const 0x65))",
    to: "(if (i32.const 0)",
  },
  {
    what: "a number of many digits is divided all the same",
    from: "(i32.gt_u (local.get $digits) (i32.const 15)))))",
    to: "(i32.gt_u (local.get $digits) (i32.const 40)))))",
  },
  {
    what: "a lead of four bytes needs but three",
    from: "(i8x16.splat (i32.const 0x70))",
    to: "(i8x16.splat (i32.const 0x7f))",
  },
  {
    what: "a lead of two bytes may stand alone",
    from: "0x21 0x01 0x15 0x49",
    to: "0x20 0x01 0x15 0x49",
  },
  {
    what: "halves of surrogate pairs are UTF-8",
    from: "0xcb 0xdb 0xcb 0xcb",
    to: "0xcb 0xcb 0xcb 0xcb",
  },
  {
    what: "a character may be spelled with more bytes than it needs",
    from: "(v128.const i8x16 0xe7 0xa3",
    to: "(v128.const i8x16 0xe3 0xa3",
  },
  {
    what: "there are characters beyond U+10FFFF",
    from: "0x83 0x83 0x8b 0xcb",
    to: "0x83 0x83 0x83 0xcb",
  },
  {
    what: "a character may break off at the end of 64 bytes",
    from:
      "(local.set $highBefore (i64.shr_u (local.get $high) (i64.const 61)))))))\n          (local.set $before",
    to: "(nop)))))\n          (local.set $before",
  },
  {
    what: "the bytes before are forgotten",
    from: "(local.set $before (local.get $d))",
    to: "(nop)",
  },
  {
    what: "control characters are nothing odd",
    from: "(if (i64.ne (i64.and (local.get $low) (local.get $ofRow)) (i64.const 0))",
    to: "(if (i32.const 0)",
  },
  {
    what: "an escape ends with its 64 bytes",
    from:
      "              (local.set $escapes\n                (i64.shr_u\n                  (i64.and (local.get $backslashes) (i64.xor (local.get $escaped) (i64.const -1)))\n                  (i64.const 63)))",
    to: "              (local.set $escapes (i64.const 0))",
  },
  {
    what: "every letter may be escaped",
    from: "(br_if $each (call $isPaired (local.get $place)))\n        (return (i32.const 1))",
    to: "(br $each)",
  },
  {
    what: "the first half of a pair may stand alone",
    from: "(i32.eq (call $halfAt (global.get $otherHalf)) (i32.const 2)))))",
    to: "(i32.const 1))))",
  },
  {
    what: "any letter may follow the first half of a pair",
    from: "(i32.eq (i32.load8_u offset=5 (local.get $at)) (i32.const 0x5c))",
    to: "(i32.const 1)",
  },
  {
    what: "any escape may follow the first half of a pair",
    from: "(call $isUd (global.get $otherHalf))",
    to: "(i32.const 1)",
  },
  {
    what: "the second half of a pair may stand alone",
    from: "(return (i32.eq (local.get $at) (global.get $otherHalf)))",
    to: "(return (i32.const 1))",
  },
  {
    what: "a second first half is a second half",
    from: "(i32.gt_u (local.get $digit) (i32.const 0x62))",
    to: "(i32.gt_u (local.get $digit) (i32.const 0x60))",
  },
  {
    what: "everybody can read pairs",
    from: "(if (i32.eqz (global.get $pairs)) (then (return (i32.const 0))))",
    to: "(nop)",
  },
  {
    what: "no letter starts with ud",
    from: "(if (i32.eqz (local.get $half)) (then (return (i32.const 1))))",
    to: "(nop)",
  },
  {
    what: "escaped quotes end strings",
    from:
      "(i64.and (local.get $quotes) (i64.xor (local.get $escaped) (i64.const -1))))))\n\n          ;; Most bytes",
    to: "(local.get $quotes))))\n\n          ;; Most bytes",
  },
  {
    what: "an escape in a key is nothing odd",
    from: "(call $hasBackslash (local.get $start) (local.get $length))",
    to: "(i32.const 0)",
  },
  {
    what: "empty strings are as others",
    from: "(i32.add (i32.eqz (local.get $length)) (i32.const 0x22))",
    to: "(i32.const 0x22)",
  },
  {
    what: "keys are as other strings",
    from: "(local.set $word (i64.xor (local.get $word) (local.get $keyHash)))",
    to: "(nop)",
  },
  {
    what: "texts that decide decide nothing",
    from: "(if (i32.eq (local.get $key) (i32.const 1))\n                              (then",
    to:
      "(if (i32.eq (local.get $key) (i32.const 1))\n                              (then (local.set $length (i32.const 0))",
  },
  {
    what: "what lies between tokens is nothing",
    from: "(then (call $firstBytes (local.get $tokenEnd) (local.get $gap)))",
    to: "(then (i64.const 0))",
  },
  {
    what: "kinds of words and numbers are one",
    from: "(i64.shl (i64.extend_i32_u (local.get $gap)) (i64.const 56))",
    to: "(i64.const 0)",
  },
  {
    what: "where a string opened is forgotten after 64 bytes",
    from: "(select\n                        (local.get $opened)",
    to: "(select\n                        (local.get $at)",
  },
  {
    what: "a value goes on after 64 bytes as another",
    from: "(local.set $inScalar (i64.shr_u (local.get $scalars) (i64.const 63)))",
    to: "(nop)",
  },
  {
    what: "a string goes on for 64 bytes only",
    from: "(local.set $inString (i64.shr_s (local.get $strings) (i64.const 63)))",
    to: "(nop)",
  },
  {
    what: "how a row ends is nothing",
    from: "(i32.sub (local.get $row) (local.get $tokenEnd)))))",
    to: "(i32.const 0))))",
  },
  {
    what: "quotes after the line end are the row's",
    from: "(local.set $quotes (i64.and (local.get $quotes) (local.get $ofRow)))",
    to: "(nop)",
  },
  {
    what: "odd rows have shapes",
    from: "(if (result i32) (local.get $isOdd)",
    to: "(if (result i32) (i32.const 0)",
  },
  {
    what: "the second of two line ends is taken",
    from: "(i64.and (local.get $lineEnd) (i64.sub (i64.const 0) (local.get $lineEnd))))",
    to: "(i64.shl (i64.const 1) (i64.sub (i64.const 63) (i64.clz (local.get $lineEnd)))))",
  },
  // What knows rows again.
  {
    what: "a known row's strings may be empty",
    from: "(br_if $fails (i32.eq (local.get $next) (local.get $literalEnd)))",
    to: "(nop)",
  },
  {
    what: "the first bytes of a known row are nothing",
    from:
      "(if (v128.any_true (v128.xor (v128.load (local.get $at)) (v128.load offset=32 (local.get $node))))",
    to: "(if (i32.const 0)",
  },
  {
    what: "the last bytes of a known row's parts are nothing",
    from: "(i8x16.splat (local.get $left))",
    to: "(i8x16.splat (i32.sub (local.get $left) (i32.const 1)))",
  },
  {
    what: "a known row's numbers are of any kind",
    from: "(if (i32.ne (call $readNumber (local.get $literalEnd)) (local.get $kind))",
    to: "(if (i32.eqz (call $readNumber (local.get $literalEnd)))",
  },
  {
    what: "the first bytes of times are forgotten",
    from: "(v128.store offset=32 (local.get $record) (v128.load (local.get $at)))",
    to: "(nop)",
  },
  {
    what: "control characters in known rows are nothing odd",
    from:
      "(then (return (i32.const 0))))\n          (if (i64.ne (i64.or (local.get $high) (local.get $highBefore))",
    to: "(then (nop)))\n          (if (i64.ne (i64.or (local.get $high) (local.get $highBefore))",
  },
  {
    what: "in a known row the bytes before are forgotten",
    from: "(v128.load (i32.sub (local.get $at) (i32.const 16)))",
    to: "(v128.const i64x2 0 0)",
  },
  {
    what: "in a known row a character may break off at the end of 64 bytes",
    from: "(local.set $highBefore (i64.shr_u (local.get $high) (i64.const 61)))))))\n      (if",
    to: "(nop)))))\n      (if",
  },
  {
    what: "in a known row an escape ends with its 64 bytes",
    from:
      "\n          (local.set $escapes\n            (i64.shr_u\n              (i64.and (local.get $backslashes) (i64.xor (local.get $escaped) (i64.const -1)))\n              (i64.const 63)))",
    to: "\n          (local.set $escapes (i64.const 0))",
  },
  {
    what: "in a known row escaped quotes end strings",
    from:
      "(i64.and (local.get $quotes) (i64.xor (local.get $escaped) (i64.const -1))))))\n      ;; Bytes",
    to: "(local.get $quotes))))\n      ;; Bytes",
  },
  {
    what: "in a known row every letter may be escaped",
    from: "(i64.and (local.get $others) (call $below (local.get $quotes))))",
    to: "(i64.const 0))",
  },
];
