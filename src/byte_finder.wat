;; Finds where a few bytes stand among many, 64 places at a time.
;;
;; What is looked for are a needle, whose letters may be of either case, and escapes of JSON that
;; spell what has no need of one: `\u00` and the code of a byte that a table names.
;;
;; Memory: the table of 256 bytes from 0 on, not 0 for each code that counts; the rest is the
;; caller's to divide (`byte_finder.ts`). Bytes behind the end are read, fewer than 256, and never count.

  (memory (export "memory") 8)

  ;; Which of 16 places have a byte, under a mask of bits that make no difference.
  (func $places (param $at i32) (param $byte v128) (param $mask v128) (result v128)
    (i8x16.eq (v128.or (v128.load (local.get $at)) (local.get $mask)) (local.get $byte)))

  ;; Whether a needle stands at a place: each byte is the needle's once the bits of its mask are set.
  (func $stands (param $at i32) (param $needle i32) (param $masks i32) (param $length i32) (result i32)
    (loop $bytes
      (if (i32.eqz (local.get $length)) (then (return (i32.const 1))))
      (if (i32.ne
            (i32.or (i32.load8_u (local.get $at)) (i32.load8_u (local.get $masks)))
            (i32.load8_u (local.get $needle)))
        (then (return (i32.const 0))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (local.set $needle (i32.add (local.get $needle) (i32.const 1)))
      (local.set $masks (i32.add (local.get $masks) (i32.const 1)))
      (local.set $length (i32.sub (local.get $length) (i32.const 1)))
      (br $bytes))
    (unreachable))

  ;; The first place from `at` on at which a needle stands that ends at `end` or before; -1 when there
  ;; is none. Its byte at `one`, which should be a rare one, is looked for first, and where that is
  ;; among 64, its byte at `two`.
  (func (export "findNeedle")
    (param $at i32) (param $end i32) (param $needle i32) (param $masks i32) (param $length i32)
    (param $one i32) (param $two i32) (result i32)
    (local $byteOne v128) (local $maskOne v128) (local $byteTwo v128) (local $maskTwo v128)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (local $from i32) (local $last i32) (local $bits i64) (local $place i32)
    (local.set $byteOne (i8x16.splat (i32.load8_u (i32.add (local.get $needle) (local.get $one)))))
    (local.set $maskOne (i8x16.splat (i32.load8_u (i32.add (local.get $masks) (local.get $one)))))
    (local.set $byteTwo (i8x16.splat (i32.load8_u (i32.add (local.get $needle) (local.get $two)))))
    (local.set $maskTwo (i8x16.splat (i32.load8_u (i32.add (local.get $masks) (local.get $two)))))
    (local.set $last (i32.sub (local.get $end) (local.get $length)))
    (block $none
      (loop $steps
        (br_if $none (i32.gt_s (local.get $at) (local.get $last)))
        (local.set $from (i32.add (local.get $at) (local.get $one)))
        (local.set $a (call $places (local.get $from) (local.get $byteOne) (local.get $maskOne)))
        (local.set $b
          (call $places (i32.add (local.get $from) (i32.const 16)) (local.get $byteOne) (local.get $maskOne)))
        (local.set $c
          (call $places (i32.add (local.get $from) (i32.const 32)) (local.get $byteOne) (local.get $maskOne)))
        (local.set $d
          (call $places (i32.add (local.get $from) (i32.const 48)) (local.get $byteOne) (local.get $maskOne)))
        (if (v128.any_true (v128.or
              (v128.or (local.get $a) (local.get $b))
              (v128.or (local.get $c) (local.get $d))))
          (then
            (local.set $from (i32.add (local.get $at) (local.get $two)))
            (local.set $bits
              (call $bits
                (v128.and
                  (local.get $a)
                  (call $places (local.get $from) (local.get $byteTwo) (local.get $maskTwo)))
                (v128.and
                  (local.get $b)
                  (call $places (i32.add (local.get $from) (i32.const 16)) (local.get $byteTwo) (local.get $maskTwo)))
                (v128.and
                  (local.get $c)
                  (call $places (i32.add (local.get $from) (i32.const 32)) (local.get $byteTwo) (local.get $maskTwo)))
                (v128.and
                  (local.get $d)
                  (call $places (i32.add (local.get $from) (i32.const 48)) (local.get $byteTwo) (local.get $maskTwo)))))
            (if (i64.ne (local.get $bits) (i64.const 0))
              (then
                (loop $each
                  (local.set $place
                    (i32.add (local.get $at) (i32.wrap_i64 (i64.ctz (local.get $bits)))))
                  (br_if $none (i32.gt_s (local.get $place) (local.get $last)))
                  (if (call $stands
                        (local.get $place) (local.get $needle) (local.get $masks) (local.get $length))
                    (then (return (local.get $place))))
                  (local.set $bits
                    (i64.and (local.get $bits) (i64.sub (local.get $bits) (i64.const 1))))
                  (br_if $each (i64.ne (local.get $bits) (i64.const 0))))))))
        (local.set $at (i32.add (local.get $at) (i32.const 64)))
        (br $steps)))
    (i32.const -1))

  ;; The places of four times 16, as bits from the lowest up.
  (func $bits (param $a v128) (param $b v128) (param $c v128) (param $d v128) (result i64)
    (i64.or
      (i64.or
        (i64.extend_i32_u (i8x16.bitmask (local.get $a)))
        (i64.shl (i64.extend_i32_u (i8x16.bitmask (local.get $b))) (i64.const 16)))
      (i64.or
        (i64.shl (i64.extend_i32_u (i8x16.bitmask (local.get $c))) (i64.const 32))
        (i64.shl (i64.extend_i32_u (i8x16.bitmask (local.get $d))) (i64.const 48)))))

  ;; The value of a hex digit; 256 or more for any other byte.
  (func $digit (param $byte i32) (result i32)
    (local $letter i32)
    (if (i32.lt_u (i32.sub (local.get $byte) (i32.const 0x30)) (i32.const 10))
      (then (return (i32.sub (local.get $byte) (i32.const 0x30)))))
    (local.set $letter (i32.sub (i32.or (local.get $byte) (i32.const 0x20)) (i32.const 0x61)))
    (if (i32.lt_u (local.get $letter) (i32.const 6))
      (then (return (i32.add (local.get $letter) (i32.const 10)))))
    (i32.const 256))

  ;; Whether `\u` at a place is followed by `00` and the code of a byte that the table names.
  (func $counts (param $at i32) (result i32)
    (local $code i32)
    (if (i32.ne (i32.load16_u offset=2 (local.get $at)) (i32.const 0x3030))
      (then (return (i32.const 0))))
    (local.set $code (i32.add
      (i32.shl (call $digit (i32.load8_u offset=4 (local.get $at))) (i32.const 4))
      (call $digit (i32.load8_u offset=5 (local.get $at)))))
    (if (i32.gt_u (local.get $code) (i32.const 255)) (then (return (i32.const 0))))
    (i32.load8_u (local.get $code)))

  ;; The places of a byte among 64.
  (func $find
    (param $byte i32) (param $a v128) (param $b v128) (param $c v128) (param $d v128) (result i64)
    (call $bits
      (i8x16.eq (local.get $a) (i8x16.splat (local.get $byte)))
      (i8x16.eq (local.get $b) (i8x16.splat (local.get $byte)))
      (i8x16.eq (local.get $c) (i8x16.splat (local.get $byte)))
      (i8x16.eq (local.get $d) (i8x16.splat (local.get $byte)))))

  ;; The first place from `at` on of an escape that counts and ends at `end` or before; -1 when there
  ;; is none. Of 64 bytes the last is looked at again with those that follow it.
  (func (export "findEscape") (param $at i32) (param $end i32) (result i32)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (local $last i32) (local $bits i64) (local $place i32)
    (local.set $last (i32.sub (local.get $end) (i32.const 6)))
    (block $none
      (loop $steps
        (br_if $none (i32.gt_s (local.get $at) (local.get $last)))
        (local.set $a (v128.load (local.get $at)))
        (local.set $b (v128.load offset=16 (local.get $at)))
        (local.set $c (v128.load offset=32 (local.get $at)))
        (local.set $d (v128.load offset=48 (local.get $at)))
        (local.set $bits
          (i64.and
            (call $find (i32.const 0x5c) (local.get $a) (local.get $b) (local.get $c) (local.get $d))
            (i64.shr_u
              (call $find (i32.const 0x75) (local.get $a) (local.get $b) (local.get $c) (local.get $d))
              (i64.const 1))))
        (if (i64.ne (local.get $bits) (i64.const 0))
          (then
            (loop $each
              (local.set $place (i32.add (local.get $at) (i32.wrap_i64 (i64.ctz (local.get $bits)))))
              (br_if $none (i32.gt_s (local.get $place) (local.get $last)))
              (if (call $counts (local.get $place)) (then (return (local.get $place))))
              (local.set $bits (i64.and (local.get $bits) (i64.sub (local.get $bits) (i64.const 1))))
              (br_if $each (i64.ne (local.get $bits) (i64.const 0))))))
        (local.set $at (i32.add (local.get $at) (i32.const 63)))
        (br $steps)))
    (i32.const -1))
