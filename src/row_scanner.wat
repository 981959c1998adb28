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
;; A row is first held against the rows that are known (`row_scanner_tree.wat`); here is what finds the
;; shape of any other.
;;
;; Memory: shapes that were learnt in 4,096 slots of 16 bytes (hash, number) from 0 on; two tables of
;; 256 bytes after them, which the caller fills; the rest is the caller's to divide
;; (`scanner_memory.ts`).

  (memory (export "memory") 8)
  ;; Hashes of the keys whose texts belong to the shape, and of the one that holds a row's time.
  (global $decisive (export "decisive") (mut i64) (i64.const 0))
  (global $decisiveToo (export "decisiveToo") (mut i64) (i64.const 0))
  (global $time (export "time") (mut i64) (i64.const 0))

  ;; Takes the rows between two places, of which the first is the start of a row; 64 bytes of spaces
  ;; come after the last. Writes a record of 80 bytes for each row that ends there, `most` of them at
  ;; most, and gives how many. A record holds the place of the line end, the shape (0 unknown, -1 odd),
  ;; its hash in 8 bytes (0 where the tree knew the row), the length of the time's text, how many
  ;; numbers there are, where the first 32 lie (16 bytes each: a double, its place, its length), and
  ;; from byte 32 on 48 bytes of the time.
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
        (local.set $at (call $recognize (local.get $row) (local.get $end) (local.get $record)))
        (br_if $done (i32.lt_s (local.get $at) (i32.const 0)))
        (if (local.get $at)
          (then
            (i32.store (local.get $record) (local.get $at))
            (i64.store offset=8 (local.get $record) (i64.const 0))
            (i32.store offset=20 (local.get $record) (global.get $numberCount))
            (i32.store offset=24 (local.get $record) (local.get $rowNumbers))
            (local.set $count (i32.add (local.get $count) (i32.const 1)))
            (local.set $row (i32.add (local.get $at) (i32.const 1)))
            (br $rows)))
        (global.set $number (local.get $rowNumbers))
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
                  (if (call $areBadUtf8
                        (local.get $before)
                        (local.get $a) (local.get $b) (local.get $c) (local.get $d))
                    (then (local.set $isOdd (i32.const 1))))
                  (local.set $highBefore (i64.shr_u (local.get $high) (i64.const 61)))))))
          (local.set $before (local.get $d))

          (if (i64.ne (i64.or (local.get $backslashes) (local.get $escapes)) (i64.const 0))
            (then
              (local.set $escaped (call $findEscaped (local.get $backslashes) (local.get $escapes)))
              (local.set $escapes
                (i64.shr_u
                  (i64.and (local.get $backslashes) (i64.xor (local.get $escaped) (i64.const -1)))
                  (i64.const 63)))
              ;; Most escapes are of these four; the others are looked up.
              (local.set $isOdd
                (i32.or
                  (local.get $isOdd)
                  (call $hasOddEscape
                    (local.get $at)
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
                            (call $isNOrT (local.get $d)))))))))
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
                                (call $noteTime
                                  (local.get $record)
                                  (local.get $start)
                                  (local.get $length))))
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
