;; What strings hold: 64 bytes as masks, escapes, and UTF-8 (`row_scanner.wat`).

  ;; Whether a surrogate pair may be written as two escapes: 1 or 0.
  (global $pairs (export "pairs") (mut i32) (i32.const 0))
  ;; Where the second half of a surrogate pair has to be, after the first.
  (global $otherHalf (mut i32) (i32.const 0))

  ;; One bit for each of 64 bytes whose highest bit is set.
  (func $bits (param $a v128) (param $b v128) (param $c v128) (param $d v128) (result i64)
    (i64.or
      (i64.or
        (i64.extend_i32_u (i8x16.bitmask (local.get $a)))
        (i64.shl (i64.extend_i32_u (i8x16.bitmask (local.get $b))) (i64.const 16)))
      (i64.or
        (i64.shl (i64.extend_i32_u (i8x16.bitmask (local.get $c))) (i64.const 32))
        (i64.shl (i64.extend_i32_u (i8x16.bitmask (local.get $d))) (i64.const 48)))))

  ;; One bit for each of 64 bytes that is this one.
  (func $equal (param $byte i32) (param $a v128) (param $b v128) (param $c v128) (param $d v128) (result i64)
    (call $bits
      (i8x16.eq (local.get $a) (i8x16.splat (local.get $byte)))
      (i8x16.eq (local.get $b) (i8x16.splat (local.get $byte)))
      (i8x16.eq (local.get $c) (i8x16.splat (local.get $byte)))
      (i8x16.eq (local.get $d) (i8x16.splat (local.get $byte)))))

  ;; Marks brackets, commas and colons: the lower half of each byte leads to the one that it should
  ;; be, with the bit set by which [ and ] differ from { and }.
  (func $operators (param $bytes v128) (result v128)
    (i8x16.eq
      (i8x16.swizzle
        (v128.const i8x16 0 0 0 0 0 0 0 0 0 0 0x3a 0x7b 0x2c 0x7d 0 0)
        (v128.and (local.get $bytes) (i8x16.splat (i32.const 0x0f))))
      (v128.or (local.get $bytes) (i8x16.splat (i32.const 0x20)))))

  ;; Whether there is a backslash among bytes.
  (func $hasBackslash (param $at i32) (param $count i32) (result i32)
    (loop $words
      (if (i32.and
            (i8x16.bitmask
              (i8x16.eq (v128.load (local.get $at)) (i8x16.splat (i32.const 0x5c))))
            (select
              (i32.const -1)
              (i32.sub (i32.shl (i32.const 1) (local.get $count)) (i32.const 1))
              (i32.gt_s (local.get $count) (i32.const 15))))
        (then (return (i32.const 1))))
      (local.set $at (i32.add (local.get $at) (i32.const 16)))
      (local.set $count (i32.sub (local.get $count) (i32.const 16)))
      (br_if $words (i32.gt_s (local.get $count) (i32.const 0))))
    (i32.const 0))

  ;; Marks what is no UTF-8, given the 16 bytes before, by Keiser and Lemire's three tables: for the
  ;; upper and the lower half of a byte and the upper half of the next, each has a bit for each way in
  ;; which two bytes can be wrong together; a way that stands in all three is one that they are. The
  ;; highest bit stands for a continuation after a continuation, which is right after a lead of three
  ;; or four bytes.
  (func $badUtf8 (param $before v128) (param $bytes v128) (result v128)
    (local $first v128)
    (local.set $first
      (i8x16.shuffle 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30
        (local.get $before) (local.get $bytes)))
    (v128.xor
      (v128.and
        (v128.or
          (i8x16.sub_sat_u
            (i8x16.shuffle 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29
              (local.get $before) (local.get $bytes))
            (i8x16.splat (i32.const 0x60)))
          (i8x16.sub_sat_u
            (i8x16.shuffle 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28
              (local.get $before) (local.get $bytes))
            (i8x16.splat (i32.const 0x70))))
        (i8x16.splat (i32.const 0x80)))
      (v128.and
        (v128.and
          (i8x16.swizzle
            (v128.const i8x16 0x02 0x02 0x02 0x02 0x02 0x02 0x02 0x02 0x80 0x80 0x80 0x80 0x21 0x01 0x15 0x49)
            (i8x16.shr_u (local.get $first) (i32.const 4)))
          (i8x16.swizzle
            (v128.const i8x16 0xe7 0xa3 0x83 0x83 0x8b 0xcb 0xcb 0xcb 0xcb 0xcb 0xcb 0xcb 0xcb 0xdb 0xcb 0xcb)
            (v128.and (local.get $first) (i8x16.splat (i32.const 0x0f)))))
        (i8x16.swizzle
          (v128.const i8x16 0x01 0x01 0x01 0x01 0x01 0x01 0x01 0x01 0xe6 0xae 0xba 0xba 0x01 0x01 0x01 0x01)
          (i8x16.shr_u (local.get $bytes) (i32.const 4))))))

  ;; Marks the letters n and t.
  (func $isNOrT (param $bytes v128) (result v128)
    (v128.or
      (i8x16.eq (local.get $bytes) (i8x16.splat (i32.const 0x6e)))
      (i8x16.eq (local.get $bytes) (i8x16.splat (i32.const 0x74)))))

  ;; Whether an escape is known that goes on at a place, and is no half of a surrogate pair. The first
  ;; table knows what may come after the backslash: 1 for u, 2 for all else that is known. The second
  ;; has 3 for a hexadecimal digit, 1 for d and D; a u needs four, the first of which is no d.
  (func $isEscape (param $at i32) (result i32)
    (local $kind i32)
    (local.set $kind (i32.load8_u offset=0x10000 (i32.load8_u (local.get $at))))
    (i32.or
      (i32.shr_u (local.get $kind) (i32.const 1))
      (i32.and
        (i32.and
          (local.get $kind)
          (i32.shr_u
            (i32.load8_u offset=0x10100 (i32.load8_u offset=1 (local.get $at)))
            (i32.const 1)))
        (call $areDigits (local.get $at)))))

  ;; Whether the second to fourth digits of an escape are any.
  (func $areDigits (param $at i32) (result i32)
    (i32.and
      (i32.load8_u offset=0x10100 (i32.load8_u offset=2 (local.get $at)))
      (i32.and
        (i32.load8_u offset=0x10100 (i32.load8_u offset=3 (local.get $at)))
        (i32.load8_u offset=0x10100 (i32.load8_u offset=4 (local.get $at))))))

  ;; Whether an escape starts with ud and is a letter of its own, the first half of a pair, which the
  ;; other half follows, or this other half.
  (func $isPaired (param $at i32) (result i32)
    (local $half i32)
    (if (i32.eqz
          (i32.and
            (call $isUd (local.get $at))
            (call $areDigits (local.get $at))))
      (then (return (i32.const 0))))
    (local.set $half (call $halfAt (local.get $at)))
    (if (i32.eqz (local.get $half)) (then (return (i32.const 1))))
    (if (i32.eqz (global.get $pairs)) (then (return (i32.const 0))))
    (if (i32.eq (local.get $half) (i32.const 2))
      (then (return (i32.eq (local.get $at) (global.get $otherHalf)))))
    (global.set $otherHalf (i32.add (local.get $at) (i32.const 6)))
    (i32.and
      (i32.eq (i32.load8_u offset=5 (local.get $at)) (i32.const 0x5c))
      (i32.and
        (call $isUd (global.get $otherHalf))
        (i32.eq (call $halfAt (global.get $otherHalf)) (i32.const 2)))))

  (func $isUd (param $at i32) (result i32)
    (i32.and
      (i32.eq (i32.load8_u (local.get $at)) (i32.const 0x75))
      (i32.eq (i32.or (i32.load8_u offset=1 (local.get $at)) (i32.const 0x20)) (i32.const 0x64))))

  ;; Which half of a pair an escape is that starts with ud, by its second digit: 1 from 8 to b, 2 from
  ;; c to f, 0 for less.
  (func $halfAt (param $at i32) (result i32)
    (local $digit i32)
    (local.set $digit (i32.or (i32.load8_u offset=2 (local.get $at)) (i32.const 0x20)))
    (i32.add
      (i32.gt_u (local.get $digit) (i32.const 0x37))
      (i32.gt_u (local.get $digit) (i32.const 0x62))))

  ;; Which of 64 bytes are escaped, given the backslashes among them, and 1 when the first is escaped by
  ;; a byte before. A backslash that is escaped escapes nothing: in a run of backslashes every other one
  ;; is; a subtraction carries along the run, as in an odometer.
  (func $findEscaped (param $backslashes i64) (param $first i64) (result i64)
    (local $escaped i64)
    (local.set $escaped
      (i64.or (i64.shl (local.get $backslashes) (i64.const 1)) (local.get $first)))
    (if (i64.eqz (i64.and (local.get $escaped) (local.get $backslashes)))
      (then (return (local.get $escaped))))
    (local.set $escaped
      (i64.and (local.get $backslashes) (i64.xor (local.get $first) (i64.const -1))))
    (i64.xor
      (i64.xor
        (i64.sub
          (i64.or (i64.shl (local.get $escaped) (i64.const 1)) (i64.const 0xaaaaaaaaaaaaaaaa))
          (local.get $escaped))
        (i64.const 0xaaaaaaaaaaaaaaaa))
      (i64.or (local.get $backslashes) (local.get $first))))

  ;; Whether one of the escapes is odd that go on at these of 64 bytes.
  (func $hasOddEscape (param $at i32) (param $places i64) (result i32)
    (local $place i32)
    (block $none
      (loop $each
        (br_if $none (i64.eqz (local.get $places)))
        (local.set $place (i32.add (local.get $at) (i32.wrap_i64 (i64.ctz (local.get $places)))))
        (local.set $places
          (i64.and (local.get $places) (i64.sub (local.get $places) (i64.const 1))))
        (br_if $each (call $isEscape (local.get $place)))
        (br_if $each (call $isPaired (local.get $place)))
        (return (i32.const 1))))
    (i32.const 0))

  ;; Whether 64 bytes hold what is no UTF-8, given the 16 before them.
  (func $areBadUtf8
    (param $before v128) (param $a v128) (param $b v128) (param $c v128) (param $d v128)
    (result i32)
    (v128.any_true
      (v128.or
        (v128.or
          (call $badUtf8 (local.get $before) (local.get $a))
          (call $badUtf8 (local.get $a) (local.get $b)))
        (v128.or
          (call $badUtf8 (local.get $b) (local.get $c))
          (call $badUtf8 (local.get $c) (local.get $d))))))
