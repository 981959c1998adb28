;; Finds rows in bytes, and what shape each has, 64 bytes at a time.
;;
;; The shape of a row is all that is in it but the contents of its strings and its numbers: brackets,
;; commas, colons, spaces, the keys, the kinds of values, and the texts of a few keys that decide what
;; the row means. It is told as a hash of 64 bits with a seed that is drawn anew in each process. Two
;; rows of one shape are both valid JSON or neither is, and they have the same members in the same
;; places; whoever has parsed one knows what the other is.
;;
;; That holds for rows without anything odd in their strings and numbers. Odd are: bytes that are no
;; UTF-8, control characters, escapes that JSON does not know, halves of surrogate pairs without the
;; other half, numbers with exponents or of more than 15 digits, a space after a string, an escape in
;; a key. Such a row gets no shape. What is not odd may be called so, never the other way round.
;;
;; Memory: shapes that were learnt in 4,096 slots of 16 bytes (hash, number) from 0 on; two tables of
;; 256 bytes after them, which the caller fills (`row_scanner.ts`); the rest is the caller's to divide.
(module
  (memory (export "memory") 8)
  (global $seed (export "seed") (mut i64) (i64.const 0))
  ;; Hashes of the keys whose texts belong to the shape, and of the one that holds a row's time.
  (global $decisive (export "decisive") (mut i64) (i64.const 0))
  (global $decisiveToo (export "decisiveToo") (mut i64) (i64.const 0))
  (global $time (export "time") (mut i64) (i64.const 0))
  ;; Whether a surrogate pair may be written as two escapes: 1 or 0.
  (global $pairs (export "pairs") (mut i32) (i32.const 0))
  ;; Where the next number goes, how many the row has had, and where the latest ends.
  (global $number (mut i32) (i32.const 0))
  (global $numberCount (mut i32) (i32.const 0))
  (global $scalarEnd (mut i32) (i32.const 0))
  ;; Where the second half of a surrogate pair has to be, after the first.
  (global $otherHalf (mut i32) (i32.const 0))

  (func $mix (param $hash i64) (param $value i64) (result i64)
    (i64.rotl
      (i64.mul
        (i64.xor (local.get $hash) (local.get $value))
        (i64.const 0x9e3779b97f4a7c15))
      (i64.const 29)))

  ;; The first bytes of a word, fewer than 8; the others 0.
  (func $firstBytes (param $at i32) (param $count i32) (result i64)
    (i64.and
      (i64.load (local.get $at))
      (i64.sub
        (i64.shl (i64.const 1) (i64.extend_i32_u (i32.shl (local.get $count) (i32.const 3))))
        (i64.const 1))))

  ;; A hash of bytes, for keys and the like.
  (func $hashBytes (export "hashBytes") (param $at i32) (param $count i32) (result i64)
    (local $hash i64)
    (local.set $hash (i64.add (global.get $seed) (i64.extend_i32_u (local.get $count))))
    (block $short
      (loop $words
        (br_if $short (i32.lt_u (local.get $count) (i32.const 8)))
        (local.set $hash (call $mix (local.get $hash) (i64.load (local.get $at))))
        (local.set $at (i32.add (local.get $at) (i32.const 8)))
        (local.set $count (i32.sub (local.get $count) (i32.const 8)))
        (br $words)))
    (call $mix (local.get $hash) (call $firstBytes (local.get $at) (local.get $count))))

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

  ;; The number that a shape was learnt under; 0 when it was not.
  (func $findShape (export "findShape") (param $hash i64) (result i32)
    (local $slot i32)
    (local.set $slot (i32.and (i32.shl (i32.wrap_i64 (local.get $hash)) (i32.const 4)) (i32.const 0xfff0)))
    (loop $probe
      (if (i64.eq (i64.load (local.get $slot)) (local.get $hash))
        (then (return (i32.load offset=8 (local.get $slot)))))
      (if (i64.eqz (i64.load (local.get $slot)))
        (then (return (i32.const 0))))
      (local.set $slot (i32.and (i32.add (local.get $slot) (i32.const 16)) (i32.const 0xfff0)))
      (br $probe))
    (unreachable))

  ;; Keeps a number, not 0, for a shape. The caller sees to it that half of the slots stay free.
  (func (export "learn") (param $hash i64) (param $shape i32)
    (local $slot i32)
    (local.set $slot (i32.and (i32.shl (i32.wrap_i64 (local.get $hash)) (i32.const 4)) (i32.const 0xfff0)))
    (loop $probe
      (if (i64.ne (i64.load (local.get $slot)) (i64.const 0))
        (then
          (local.set $slot (i32.and (i32.add (local.get $slot) (i32.const 16)) (i32.const 0xfff0)))
          (br $probe))))
    (i64.store (local.get $slot) (local.get $hash))
    (i32.store offset=8 (local.get $slot) (local.get $shape)))

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

  (func $isDigit (param $byte i32) (result i32)
    (i32.lt_u (i32.sub (local.get $byte) (i32.const 0x30)) (i32.const 10)))

  ;; Reads a word or a number; what is glued to it belongs to the gap after it. Gives its kind: the
  ;; first letter of a word, else i for a whole number, d for one with a point; 0 for anything odd.
  (func $readScalar (param $at i32) (result i32)
    (local $first i32) (local $length i32)
    (local.set $first (i32.load8_u (local.get $at)))
    (global.set $scalarEnd (local.get $at))
    (block $word
      (local.set $length (i32.const 4))
      (br_if $word (i32.eq (i32.load (local.get $at)) (i32.const 0x65757274))) ;; true
      (br_if $word (i32.eq (i32.load (local.get $at)) (i32.const 0x6c6c756e))) ;; null
      (local.set $length (i32.const 5))
      (br_if $word
        (i32.and
          (i32.eq (local.get $first) (i32.const 0x66))
          (i32.eq (i32.load offset=1 (local.get $at)) (i32.const 0x65736c61)))) ;; f, alse
      (return (call $readNumber (local.get $at))))
    (global.set $scalarEnd (i32.add (local.get $at) (local.get $length)))
    (local.get $first))

  ;; Reads a number, and keeps the first 32 of a row: its value, where it starts, how long it is. Of
  ;; more than 15 digits the value is NaN, since a division would not give the nearest number.
  (func $readNumber (param $start i32) (result i32)
    (local $at i32) (local $byte i32) (local $kind i32) (local $digits i32)
    (local $whole i64) (local $divisor f64)
    (local.set $at (local.get $start))
    (local.set $kind (i32.const 0x69))
    (local.set $byte (i32.load8_u (local.get $at)))
    (if (i32.eq (local.get $byte) (i32.const 0x2d))
      (then
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (local.set $byte (i32.load8_u (local.get $at)))))
    (if (i32.eqz (call $isDigit (local.get $byte)))
      (then (return (i32.const 0))))
    ;; After a zero comes no other digit.
    (if (i32.and
          (i32.eq (local.get $byte) (i32.const 0x30))
          (call $isDigit (i32.load8_u offset=1 (local.get $at))))
      (then (return (i32.const 0))))
    (loop $digit
      (local.set $whole
        (i64.add
          (i64.mul (local.get $whole) (i64.const 10))
          (i64.extend_i32_u (i32.sub (local.get $byte) (i32.const 0x30)))))
      (local.set $digits (i32.add (local.get $digits) (i32.const 1)))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (local.set $byte (i32.load8_u (local.get $at)))
      (br_if $digit (call $isDigit (local.get $byte))))
    (if (i32.gt_u (local.get $digits) (i32.const 15))
      (then (return (i32.const 0))))
    (local.set $divisor (f64.const 1))
    (if (i32.eq (local.get $byte) (i32.const 0x2e))
      (then
        (local.set $kind (i32.const 0x64))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (local.set $byte (i32.load8_u (local.get $at)))
        (if (i32.eqz (call $isDigit (local.get $byte)))
          (then (return (i32.const 0))))
        (loop $digit
          (local.set $whole
            (i64.add
              (i64.mul (local.get $whole) (i64.const 10))
              (i64.extend_i32_u (i32.sub (local.get $byte) (i32.const 0x30)))))
          (local.set $divisor (f64.mul (local.get $divisor) (f64.const 10)))
          (local.set $digits (i32.add (local.get $digits) (i32.const 1)))
          (local.set $at (i32.add (local.get $at) (i32.const 1)))
          (local.set $byte (i32.load8_u (local.get $at)))
          (br_if $digit (call $isDigit (local.get $byte))))))
    ;; An exponent makes it another number.
    (if (i32.eq (i32.or (local.get $byte) (i32.const 0x20)) (i32.const 0x65))
      (then (return (i32.const 0))))
    (if (i32.lt_u (global.get $numberCount) (i32.const 32))
      (then
        (f64.store (global.get $number)
          (f64.mul
            (select (f64.const -1) (f64.const 1) (i32.eq (i32.load8_u (local.get $start)) (i32.const 0x2d)))
            (select
              (f64.const nan)
              (f64.div (f64.convert_i64_u (local.get $whole)) (local.get $divisor))
              (i32.gt_u (local.get $digits) (i32.const 15)))))
        (i32.store offset=8 (global.get $number) (local.get $start))
        (i32.store offset=12 (global.get $number) (i32.sub (local.get $at) (local.get $start)))
        (global.set $number (i32.add (global.get $number) (i32.const 16)))))
    (global.set $numberCount (i32.add (global.get $numberCount) (i32.const 1)))
    (global.set $scalarEnd (local.get $at))
    (local.get $kind))

  ;; Takes the rows between two places, of which the first is the start of a row; 64 bytes of spaces
  ;; come after the last. Writes a record of 80 bytes for each row that ends there, `most` of them at
  ;; most, and gives how many. A record holds the place of the line end, the shape (0 unknown, -1 odd),
  ;; its hash in 8 bytes, the length of the time's text, how many numbers there are, where the first 32
  ;; lie (16 bytes each: a double, its place, its length), and from byte 32 on 48 bytes of the time.
  (func (export "scan")
    (param $row i32) (param $end i32)
    (param $records i32) (param $most i32)
    (param $numbers i32)
    (result i32)
    (local $count i32) (local $record i32) (local $rowNumbers i32)
    ;; Of the row so far.
    (local $hash i64) (local $isOdd i32) (local $timeLength i32)
    ;; What the bytes before the present 64 leave to them: all ones inside of a string, 1 when the first
    ;; byte is escaped, 1 inside of a word or number, 16 bytes for UTF-8 and whether some of the last
    ;; are no ASCII, where a string was opened, where the last token ended, what its key was.
    (local $inString i64) (local $escapes i64) (local $inScalar i64)
    (local $before v128) (local $highBefore i64)
    (local $opened i32) (local $tokenEnd i32) (local $key i32)
    ;; The present 64 bytes and where they start; masks have a bit for each.
    (local $at i32) (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (local $quotes i64) (local $backslashes i64) (local $escaped i64) (local $strings i64)
    (local $low i64) (local $high i64) (local $lineEnd i64) (local $ofRow i64)
    (local $operators i64) (local $scalars i64) (local $opens i64) (local $tokens i64)
    ;; The present token.
    (local $token i32) (local $word i64) (local $start i32) (local $gap i32) (local $length i32)
    (local $keyHash i64)
    (global.set $number (local.get $numbers))
    (block $done
      (loop $rows
        (br_if $done (i32.ge_u (local.get $row) (local.get $end)))
        (br_if $done (i32.eq (local.get $count) (local.get $most)))
        (local.set $record (i32.add (local.get $records) (i32.mul (local.get $count) (i32.const 80))))
        (local.set $rowNumbers (global.get $number))
        (global.set $numberCount (i32.const 0))
        (global.set $otherHalf (i32.const 0))
        (local.set $hash (global.get $seed))
        (local.set $isOdd (i32.const 0))
        (local.set $timeLength (i32.const 0))
        (local.set $inString (i64.const 0))
        (local.set $escapes (i64.const 0))
        (local.set $inScalar (i64.const 0))
        (local.set $before (v128.const i64x2 0 0))
        (local.set $highBefore (i64.const 0))
        (local.set $tokenEnd (local.get $row))
        (local.set $key (i32.const 0))
        (local.set $at (local.get $row))
        (loop $blocks
          (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
          (local.set $a (v128.load (local.get $at)))
          (local.set $b (v128.load offset=16 (local.get $at)))
          (local.set $c (v128.load offset=32 (local.get $at)))
          (local.set $d (v128.load offset=48 (local.get $at)))
          (local.set $quotes
            (call $equal (i32.const 0x22) (local.get $a) (local.get $b) (local.get $c) (local.get $d)))
          (local.set $backslashes
            (call $equal (i32.const 0x5c) (local.get $a) (local.get $b) (local.get $c) (local.get $d)))
          (local.set $lineEnd (i64.const 0))
          (local.set $ofRow (i64.const -1))

          ;; Bytes that are no ASCII are below 0x20 too, as signed numbers.
          (if (i32.or
                (v128.any_true
                  (i8x16.lt_s
                    (i8x16.min_s
                      (i8x16.min_s (local.get $a) (local.get $b))
                      (i8x16.min_s (local.get $c) (local.get $d)))
                    (i8x16.splat (i32.const 0x20))))
                (i64.ne (local.get $highBefore) (i64.const 0)))
            (then
              (local.set $high
                (call $bits (local.get $a) (local.get $b) (local.get $c) (local.get $d)))
              (local.set $low
                (i64.xor
                  (local.get $high)
                  (call $bits
                    (i8x16.lt_s (local.get $a) (i8x16.splat (i32.const 0x20)))
                    (i8x16.lt_s (local.get $b) (i8x16.splat (i32.const 0x20)))
                    (i8x16.lt_s (local.get $c) (i8x16.splat (i32.const 0x20)))
                    (i8x16.lt_s (local.get $d) (i8x16.splat (i32.const 0x20))))))
              (if (i64.ne (local.get $low) (i64.const 0))
                (then
                  (local.set $lineEnd
                    (call $equal (i32.const 0x0a) (local.get $a) (local.get $b) (local.get $c) (local.get $d)))
                  (if (i64.ne (local.get $lineEnd) (i64.const 0))
                    (then
                      (local.set $lineEnd
                        (i64.and (local.get $lineEnd) (i64.sub (i64.const 0) (local.get $lineEnd))))
                      (local.set $ofRow (i64.sub (local.get $lineEnd) (i64.const 1)))
                      (local.set $quotes (i64.and (local.get $quotes) (local.get $ofRow)))
                      (local.set $backslashes (i64.and (local.get $backslashes) (local.get $ofRow)))))
                  (if (i64.ne (i64.and (local.get $low) (local.get $ofRow)) (i64.const 0))
                    (then (local.set $isOdd (i32.const 1))))))
              (if (i64.ne (i64.or (local.get $high) (local.get $highBefore)) (i64.const 0))
                (then
                  (if (v128.any_true
                        (v128.or
                          (v128.or
                            (call $badUtf8 (local.get $before) (local.get $a))
                            (call $badUtf8 (local.get $a) (local.get $b)))
                          (v128.or
                            (call $badUtf8 (local.get $b) (local.get $c))
                            (call $badUtf8 (local.get $c) (local.get $d)))))
                    (then (local.set $isOdd (i32.const 1))))
                  (local.set $highBefore (i64.shr_u (local.get $high) (i64.const 61)))))))
          (local.set $before (local.get $d))

          ;; Escapes: a backslash that is escaped escapes nothing. In a run of backslashes every other one
          ;; is; a subtraction carries along the run, as in an odometer.
          (if (i64.ne (i64.or (local.get $backslashes) (local.get $escapes)) (i64.const 0))
            (then
              (local.set $tokens
                (i64.and (local.get $backslashes) (i64.xor (local.get $escapes) (i64.const -1))))
              (local.set $tokens
                (i64.xor
                  (i64.sub
                    (i64.or
                      (i64.shl (local.get $tokens) (i64.const 1))
                      (i64.const 0xaaaaaaaaaaaaaaaa))
                    (local.get $tokens))
                  (i64.const 0xaaaaaaaaaaaaaaaa)))
              (local.set $escaped
                (i64.xor (local.get $tokens) (i64.or (local.get $backslashes) (local.get $escapes))))
              (local.set $escapes
                (i64.shr_u (i64.and (local.get $tokens) (local.get $backslashes)) (i64.const 63)))
              ;; Most escapes are of these four; the others are looked up.
              (local.set $tokens
                (i64.and
                  (i64.and (local.get $escaped) (local.get $ofRow))
                  (i64.xor
                    (i64.const -1)
                    (i64.or
                      (i64.or (local.get $quotes) (local.get $backslashes))
                      (call $bits
                        (call $isNOrT (local.get $a))
                        (call $isNOrT (local.get $b))
                        (call $isNOrT (local.get $c))
                        (call $isNOrT (local.get $d)))))))
              (if (i64.ne (local.get $tokens) (i64.const 0))
                (then
                  (loop $each
                    (local.set $token
                      (i32.add (local.get $at) (i32.wrap_i64 (i64.ctz (local.get $tokens)))))
                    (local.set $tokens
                      (i64.and (local.get $tokens) (i64.sub (local.get $tokens) (i64.const 1))))
                    (if (i32.eqz (call $isEscape (local.get $token)))
                      (then
                        (local.set $isOdd
                          (i32.or (local.get $isOdd) (i32.eqz (call $isPaired (local.get $token)))))))
                    (br_if $each (i64.ne (local.get $tokens) (i64.const 0))))))
              (local.set $quotes
                (i64.and (local.get $quotes) (i64.xor (local.get $escaped) (i64.const -1))))))

          ;; Most bytes lie within a long string.
          (if (i64.eqz
                (i64.or
                  (i64.or (local.get $quotes) (local.get $lineEnd))
                  (i64.xor (local.get $inString) (i64.const -1))))
            (then
              (local.set $at (i32.add (local.get $at) (i32.const 64)))
              (br $blocks)))

          ;; Strings, their opening quotes included: each bit is the parity of the quotes up to it.
          (local.set $strings (i64.xor (local.get $quotes) (i64.shl (local.get $quotes) (i64.const 1))))
          (local.set $strings (i64.xor (local.get $strings) (i64.shl (local.get $strings) (i64.const 2))))
          (local.set $strings (i64.xor (local.get $strings) (i64.shl (local.get $strings) (i64.const 4))))
          (local.set $strings (i64.xor (local.get $strings) (i64.shl (local.get $strings) (i64.const 8))))
          (local.set $strings (i64.xor (local.get $strings) (i64.shl (local.get $strings) (i64.const 16))))
          (local.set $strings (i64.xor (local.get $strings) (i64.shl (local.get $strings) (i64.const 32))))
          (local.set $strings (i64.xor (local.get $strings) (local.get $inString)))
          (local.set $operators
            (call $bits
              (call $operators (local.get $a))
              (call $operators (local.get $b))
              (call $operators (local.get $c))
              (call $operators (local.get $d))))
          (local.set $scalars
            (i64.and
              (local.get $ofRow)
              (i64.xor
                (i64.const -1)
                (i64.or
                  (i64.or (local.get $strings) (local.get $quotes))
                  (i64.or
                    (local.get $operators)
                    (call $equal (i32.const 0x20) (local.get $a) (local.get $b) (local.get $c) (local.get $d)))))))
          (local.set $opens (i64.and (local.get $quotes) (local.get $strings)))

          ;; Tokens are strings, at their closing quotes, and scalars, at their first bytes.
          (local.set $tokens
            (i64.or
              (i64.xor (local.get $quotes) (local.get $opens))
              (i64.and
                (local.get $scalars)
                (i64.xor
                  (i64.const -1)
                  (i64.or (i64.shl (local.get $scalars) (i64.const 1)) (local.get $inScalar))))))
          (local.set $inScalar (i64.shr_u (local.get $scalars) (i64.const 63)))
          (if (i64.ne (local.get $tokens) (i64.const 0))
            (then
              (loop $each
                (local.set $word (i64.ctz (local.get $tokens)))
                (local.set $token (i32.add (local.get $at) (i32.wrap_i64 (local.get $word))))
                (local.set $start (local.get $token))
                (if (i32.eq (i32.load8_u (local.get $token)) (i32.const 0x22))
                  (then
                    (local.set $word
                      (i64.and
                        (local.get $opens)
                        (i64.sub (i64.shl (i64.const 1) (local.get $word)) (i64.const 1))))
                    (local.set $start
                      (select
                        (local.get $opened)
                        (i32.sub
                          (i32.add (local.get $at) (i32.const 63))
                          (i32.wrap_i64 (i64.clz (local.get $word))))
                        (i64.eqz (local.get $word))))))
                ;; What lies between it and the token before: operators and spaces.
                (local.set $gap (i32.sub (local.get $start) (local.get $tokenEnd)))
                (local.set $word
                  (if (result i64) (i32.lt_u (local.get $gap) (i32.const 8))
                    (then (call $firstBytes (local.get $tokenEnd) (local.get $gap)))
                    (else (call $hashBytes (local.get $tokenEnd) (local.get $gap)))))
                (if (i32.eq (i32.load8_u (local.get $token)) (i32.const 0x22))
                  (then
                    (local.set $tokenEnd (i32.add (local.get $token) (i32.const 1)))
                    (local.set $start (i32.add (local.get $start) (i32.const 1)))
                    (local.set $length (i32.sub (local.get $token) (local.get $start)))
                    (if (i32.eq (i32.load8_u (local.get $tokenEnd)) (i32.const 0x3a))
                      (then
                        (local.set $keyHash (call $hashBytes (local.get $start) (local.get $length)))
                        (local.set $word (i64.xor (local.get $word) (local.get $keyHash)))
                        (local.set $isOdd
                          (i32.or
                            (local.get $isOdd)
                            (call $hasBackslash (local.get $start) (local.get $length))))
                        (local.set $key
                          (i32.or
                            (i32.or
                              (i64.eq (local.get $keyHash) (global.get $decisive))
                              (i64.eq (local.get $keyHash) (global.get $decisiveToo)))
                            (i32.shl (i64.eq (local.get $keyHash) (global.get $time)) (i32.const 1)))))
                      (else
                        (local.set $isOdd
                          (i32.or
                            (local.get $isOdd)
                            (i32.eq (i32.load8_u (local.get $tokenEnd)) (i32.const 0x20))))
                        ;; An empty string is another kind of value than one with a content.
                        (local.set $word
                          (i64.xor
                            (local.get $word)
                            (i64.shl
                              (i64.extend_i32_u (i32.add (i32.eqz (local.get $length)) (i32.const 0x22)))
                              (i64.const 56))))
                        (if (local.get $key)
                          (then
                            (if (i32.eq (local.get $key) (i32.const 1))
                              (then
                                (local.set $word
                                  (i64.xor
                                    (local.get $word)
                                    (call $hashBytes (local.get $start) (local.get $length)))))
                              (else
                                (local.set $timeLength (local.get $length))
                                (v128.store offset=32 (local.get $record) (v128.load (local.get $start)))
                                (v128.store offset=48 (local.get $record)
                                  (v128.load offset=16 (local.get $start)))
                                (v128.store offset=64 (local.get $record)
                                  (v128.load offset=32 (local.get $start)))))
                            (local.set $key (i32.const 0)))))))
                  (else
                    (local.set $gap (call $readScalar (local.get $token)))
                    (local.set $isOdd (i32.or (local.get $isOdd) (i32.eqz (local.get $gap))))
                    (local.set $tokenEnd (global.get $scalarEnd))
                    (local.set $word
                      (i64.xor
                        (local.get $word)
                        (i64.shl (i64.extend_i32_u (local.get $gap)) (i64.const 56))))
                    (local.set $key (i32.const 0))))
                (local.set $hash (call $mix (local.get $hash) (local.get $word)))
                (local.set $tokens
                  (i64.and (local.get $tokens) (i64.sub (local.get $tokens) (i64.const 1))))
                (br_if $each (i64.ne (local.get $tokens) (i64.const 0))))))
          (if (i64.ne (local.get $opens) (i64.const 0))
            (then
              (local.set $opened
                (i32.sub
                  (i32.add (local.get $at) (i32.const 63))
                  (i32.wrap_i64 (i64.clz (local.get $opens)))))))

          (if (i64.eqz (local.get $lineEnd))
            (then
              (local.set $inString (i64.shr_s (local.get $strings) (i64.const 63)))
              (local.set $at (i32.add (local.get $at) (i32.const 64)))
              (br $blocks)))
          (local.set $row (i32.add (local.get $at) (i32.wrap_i64 (i64.ctz (local.get $lineEnd)))))
          (local.set $hash
            (call $mix
              (local.get $hash)
              (call $hashBytes
                (local.get $tokenEnd)
                (i32.sub (local.get $row) (local.get $tokenEnd)))))
          (i32.store (local.get $record) (local.get $row))
          (i32.store offset=4 (local.get $record)
            (if (result i32) (local.get $isOdd)
              (then (i32.const -1))
              (else (call $findShape (local.get $hash)))))
          (i64.store offset=8 (local.get $record) (local.get $hash))
          (i32.store offset=16 (local.get $record) (local.get $timeLength))
          (i32.store offset=20 (local.get $record) (global.get $numberCount))
          (i32.store offset=24 (local.get $record) (local.get $rowNumbers))
          (local.set $count (i32.add (local.get $count) (i32.const 1)))
          (local.set $row (i32.add (local.get $row) (i32.const 1)))
          (br $rows))))
    (local.get $count))

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
)
