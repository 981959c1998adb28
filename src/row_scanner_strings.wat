;; Passes over the contents of strings, to know a row again (`row_scanner_tree.wat`).

  ;; The bits below the lowest that is set; all where none is.
  (func $below (param $bits i64) (result i64)
    (i64.sub
      (i64.and (local.get $bits) (i64.sub (i64.const 0) (local.get $bits)))
      (i64.const 1)))

  ;; Finds the end of the string whose content starts at a place. Gives where its closing quote stands;
  ;; 0 where anything in it is odd, or behind it among the same 64 bytes; -1 where it goes on behind the
  ;; end. Two bytes before the content at least are ASCII.
  (func $skipString (param $at i32) (param $end i32) (result i32)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    ;; Bytes to compare with: the engine would make them anew each time.
    (local $quote v128) (local $backslash v128) (local $space v128) (local $n v128) (local $t v128)
    ;; As in `scan`.
    (local $quotes i64) (local $backslashes i64) (local $escaped i64) (local $escapes i64)
    (local $high i64) (local $highBefore i64) (local $others i64)
    (local.set $quote (i8x16.splat (i32.const 0x22)))
    (local.set $backslash (i8x16.splat (i32.const 0x5c)))
    (local.set $space (i8x16.splat (i32.const 0x20)))
    (local.set $n (i8x16.splat (i32.const 0x6e)))
    (local.set $t (i8x16.splat (i32.const 0x74)))
    (loop $blocks
      (if (i32.ge_u (local.get $at) (local.get $end)) (then (return (i32.const -1))))
      (local.set $a (v128.load (local.get $at)))
      (local.set $b (v128.load offset=16 (local.get $at)))
      (local.set $c (v128.load offset=32 (local.get $at)))
      (local.set $d (v128.load offset=48 (local.get $at)))
      (local.set $quotes
        (call $bits
          (i8x16.eq (local.get $a) (local.get $quote))
          (i8x16.eq (local.get $b) (local.get $quote))
          (i8x16.eq (local.get $c) (local.get $quote))
          (i8x16.eq (local.get $d) (local.get $quote))))
      (local.set $backslashes
        (call $bits
          (i8x16.eq (local.get $a) (local.get $backslash))
          (i8x16.eq (local.get $b) (local.get $backslash))
          (i8x16.eq (local.get $c) (local.get $backslash))
          (i8x16.eq (local.get $d) (local.get $backslash))))
      (local.set $others (i64.const 0))
      (if (i64.ne (i64.or (local.get $backslashes) (local.get $escapes)) (i64.const 0))
        (then
          (local.set $escaped (call $findEscaped (local.get $backslashes) (local.get $escapes)))
          (local.set $escapes
            (i64.shr_u
              (i64.and (local.get $backslashes) (i64.xor (local.get $escaped) (i64.const -1)))
              (i64.const 63)))
          ;; Most escapes are of quotes, of backslashes, or n or t; the others are looked up.
          (local.set $others
            (i64.and
              (local.get $escaped)
              (i64.xor
                (i64.const -1)
                (i64.or
                  (i64.or (local.get $quotes) (local.get $backslashes))
                  (call $bits
                    (v128.or
                      (i8x16.eq (local.get $a) (local.get $n))
                      (i8x16.eq (local.get $a) (local.get $t)))
                    (v128.or
                      (i8x16.eq (local.get $b) (local.get $n))
                      (i8x16.eq (local.get $b) (local.get $t)))
                    (v128.or
                      (i8x16.eq (local.get $c) (local.get $n))
                      (i8x16.eq (local.get $c) (local.get $t)))
                    (v128.or
                      (i8x16.eq (local.get $d) (local.get $n))
                      (i8x16.eq (local.get $d) (local.get $t))))))))
          (local.set $quotes
            (i64.and (local.get $quotes) (i64.xor (local.get $escaped) (i64.const -1))))))
      ;; Bytes that are no ASCII are below 0x20 too, as signed numbers.
      (if (i32.or
            (v128.any_true
              (i8x16.lt_s
                (i8x16.min_s
                  (i8x16.min_s (local.get $a) (local.get $b))
                  (i8x16.min_s (local.get $c) (local.get $d)))
                (local.get $space)))
            (i64.ne (local.get $highBefore) (i64.const 0)))
        (then
          (local.set $high
            (call $bits (local.get $a) (local.get $b) (local.get $c) (local.get $d)))
          (if (i64.ne
                (i64.and
                  (i64.xor
                    (local.get $high)
                    (call $bits
                      (i8x16.lt_s (local.get $a) (local.get $space))
                      (i8x16.lt_s (local.get $b) (local.get $space))
                      (i8x16.lt_s (local.get $c) (local.get $space))
                      (i8x16.lt_s (local.get $d) (local.get $space))))
                  (call $below (local.get $quotes)))
                (i64.const 0))
            (then (return (i32.const 0))))
          (if (i64.ne (i64.or (local.get $high) (local.get $highBefore)) (i64.const 0))
            (then
              (if (call $areBadUtf8
                    (v128.load (i32.sub (local.get $at) (i32.const 16)))
                    (local.get $a) (local.get $b) (local.get $c) (local.get $d))
                (then (return (i32.const 0))))
              (local.set $highBefore (i64.shr_u (local.get $high) (i64.const 61)))))))
      (if (i64.ne (local.get $others) (i64.const 0))
        (then
          (if (call $hasOddEscape
                (local.get $at)
                (i64.and (local.get $others) (call $below (local.get $quotes))))
            (then (return (i32.const 0))))))
      (if (i64.ne (local.get $quotes) (i64.const 0))
        (then
          (return (i32.add (local.get $at) (i32.wrap_i64 (i64.ctz (local.get $quotes)))))))
      (local.set $at (i32.add (local.get $at) (i32.const 64)))
      (br $blocks))
    (unreachable))
