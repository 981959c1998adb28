;; Finds where a few bytes stand among many, 64 places at a time.
;;
;; What is looked for, in one pass, are two needles, whose letters may be of either case, and escapes of
;; JSON that spell what has no need of one: `\u00` and the code of a byte that a table names. A glance
;; compares two rare bytes of each needle, and of an escape the backslash and the code, at 16 places at
;; once; what it sees, mostly nothing, is looked at byte by byte.
;;
;; Memory: the table of 256 bytes from 0 on, not 0 for each code that counts, all of them of ASCII;
;; from 0x100 on, for each first digit of a code, what is greater than all second digits that count
;; behind it, or 0 for none: those in upper case are lesser bytes than the same in lower case, and the
;; table tells them apart. The rest is the caller's to divide (`byte_finder.ts`).
;;
;; A needle is 64 bytes, the masks of them, its length, the numbers of its rarest byte and of the second
;; rarest, and the mask of these two. Under a mask, bits that make no difference are set, in the byte
;; too. Fewer than 256 bytes before a place and behind the end are read, and never count.

  (memory (export "memory") 8)

  ;; Where a needle keeps its rarest byte, and the second rarest.
  (func $rarest (param $needle i32) (result i32)
    (i32.add (local.get $needle) (i32.load8_u offset=129 (local.get $needle))))
  (func $second (param $needle i32) (result i32)
    (i32.add (local.get $needle) (i32.load8_u offset=130 (local.get $needle))))

  ;; Which of 16 places seem to be those of a needle's rarest byte, or of an escape that counts. The
  ;; second rarest bytes of the needles, `a2` and `b2`, are compared at places of their own.
  (func $glance
    (param $at i32) (param $atA i32) (param $atB i32)
    (param $a v128) (param $a2 v128) (param $aMask v128)
    (param $b v128) (param $b2 v128) (param $bMask v128) (param $bounds v128)
    (result v128)
    (local $bytes v128)
    (local.set $bytes (v128.load (local.get $at)))
    (v128.or
      (v128.or
        (v128.and
          (i8x16.eq (v128.or (local.get $bytes) (local.get $aMask)) (local.get $a))
          (i8x16.eq (v128.or (v128.load (local.get $atA)) (local.get $aMask)) (local.get $a2)))
        (v128.and
          (i8x16.eq (v128.or (local.get $bytes) (local.get $bMask)) (local.get $b))
          (i8x16.eq (v128.or (v128.load (local.get $atB)) (local.get $bMask)) (local.get $b2))))
      (v128.and
        (i8x16.eq (local.get $bytes) (i8x16.splat (i32.const 0x5c)))
        (i8x16.gt_s
          (i8x16.swizzle
            (local.get $bounds)
            (i8x16.sub (v128.load offset=4 (local.get $at)) (i8x16.splat (i32.const 0x30))))
          (v128.load offset=5 (local.get $at))))))

  ;; Whether a needle stands at a place.
  (func $stands (param $at i32) (param $needle i32) (result i32)
    (local $end i32)
    (local.set $end (i32.add (local.get $needle) (i32.load8_u offset=128 (local.get $needle))))
    (loop $bytes
      (if (i32.eq (local.get $needle) (local.get $end)) (then (return (i32.const 1))))
      (if (i32.ne
            (i32.or (i32.load8_u (local.get $at)) (i32.load8_u offset=64 (local.get $needle)))
            (i32.load8_u (local.get $needle)))
        (then (return (i32.const 0))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (local.set $needle (i32.add (local.get $needle) (i32.const 1)))
      (br $bytes))
    (unreachable))

  ;; The value of a hex digit; 256 or more for any other byte.
  (func $digit (param $byte i32) (result i32)
    (local $letter i32)
    (if (i32.lt_u (i32.sub (local.get $byte) (i32.const 0x30)) (i32.const 10))
      (then (return (i32.sub (local.get $byte) (i32.const 0x30)))))
    (local.set $letter (i32.sub (i32.or (local.get $byte) (i32.const 0x20)) (i32.const 0x61)))
    (if (i32.lt_u (local.get $letter) (i32.const 6))
      (then (return (i32.add (local.get $letter) (i32.const 10)))))
    (i32.const 256))

  ;; Whether an escape stands at a place that counts.
  (func $counts (param $at i32) (result i32)
    (local $code i32)
    ;; `\u00`
    (if (i32.ne (i32.load (local.get $at)) (i32.const 0x3030755c))
      (then (return (i32.const 0))))
    (local.set $code (i32.add
      (i32.shl (call $digit (i32.load8_u offset=4 (local.get $at))) (i32.const 4))
      (call $digit (i32.load8_u offset=5 (local.get $at)))))
    (if (i32.gt_u (local.get $code) (i32.const 255)) (then (return (i32.const 0))))
    (i32.load8_u (local.get $code)))

  ;; Where a needle starts that has its rarest byte at a place, and that lies from one place on and
  ;; before another; -1 where there is none.
  (func $startOf
    (param $needle i32) (param $place i32) (param $from i32) (param $end i32) (result i32)
    (local $start i32)
    (local.set $start
      (i32.sub (local.get $place) (i32.load8_u offset=129 (local.get $needle))))
    (if (i32.lt_s (local.get $start) (local.get $from)) (then (return (i32.const -1))))
    (if (i32.gt_u
          (i32.add (local.get $start) (i32.load8_u offset=128 (local.get $needle)))
          (local.get $end))
      (then (return (i32.const -1))))
    (select
      (local.get $start)
      (i32.const -1)
      (call $stands (local.get $start) (local.get $needle))))

  ;; The lesser of two places; -1 is none.
  (func $nearer (param $a i32) (param $b i32) (result i32)
    (select (local.get $a) (local.get $b) (i32.lt_u (local.get $a) (local.get $b))))

  ;; The places of four times 16, as bits from the lowest up.
  (func $bits (param $a v128) (param $b v128) (param $c v128) (param $d v128) (result i64)
    (i64.or
      (i64.or
        (i64.extend_i32_u (i8x16.bitmask (local.get $a)))
        (i64.shl (i64.extend_i32_u (i8x16.bitmask (local.get $b))) (i64.const 16)))
      (i64.or
        (i64.shl (i64.extend_i32_u (i8x16.bitmask (local.get $c))) (i64.const 32))
        (i64.shl (i64.extend_i32_u (i8x16.bitmask (local.get $d))) (i64.const 48)))))

  ;; The first of 64 places, told by bits, of a needle, from one place on and before another, or of an
  ;; escape that counts; -1 when there is none.
  (func $look
    (param $bits i64) (param $at i32) (param $from i32) (param $end i32)
    (param $needleA i32) (param $needleB i32) (result i32)
    (local $place i32) (local $nearest i32)
    (local.set $nearest (i32.const -1))
    (loop $each
      (local.set $place (i32.add (local.get $at) (i32.wrap_i64 (i64.ctz (local.get $bits)))))
      (local.set $nearest
        (call $nearer
          (local.get $nearest)
          (call $nearer
            (call $startOf (local.get $needleA) (local.get $place) (local.get $from) (local.get $end))
            (call $startOf (local.get $needleB) (local.get $place) (local.get $from) (local.get $end)))))
      (if (i32.and
            (i32.le_s (i32.add (local.get $place) (i32.const 6)) (local.get $end))
            (call $counts (local.get $place)))
        (then (local.set $nearest (call $nearer (local.get $nearest) (local.get $place)))))
      (local.set $bits (i64.and (local.get $bits) (i64.sub (local.get $bits) (i64.const 1))))
      (br_if $each (i64.ne (local.get $bits) (i64.const 0))))
    (local.get $nearest))

  ;; The first place from `at` on of a needle, or of an escape that counts, that ends at `end` or
  ;; before; -1 when there is none.
  (func (export "find")
    (param $at i32) (param $end i32) (param $needleA i32) (param $needleB i32) (result i32)
    (local $a v128) (local $a2 v128) (local $aMask v128)
    (local $b v128) (local $b2 v128) (local $bMask v128) (local $bounds v128)
    (local $toA i32) (local $toB i32) (local $x v128) (local $y v128) (local $z v128) (local $w v128)
    (local $from i32) (local $stop i32) (local $nearest i32)
    (local.set $aMask (v128.load8_splat offset=131 (local.get $needleA)))
    (local.set $a (v128.or (local.get $aMask) (v128.load8_splat (call $rarest (local.get $needleA)))))
    (local.set $a2 (v128.or (local.get $aMask) (v128.load8_splat (call $second (local.get $needleA)))))
    (local.set $bMask (v128.load8_splat offset=131 (local.get $needleB)))
    (local.set $b (v128.or (local.get $bMask) (v128.load8_splat (call $rarest (local.get $needleB)))))
    (local.set $b2 (v128.or (local.get $bMask) (v128.load8_splat (call $second (local.get $needleB)))))
    (local.set $bounds (v128.load (i32.const 0x100)))
    ;; From the rarest bytes of the needles to the second rarest.
    (local.set $toA (i32.sub (call $second (local.get $needleA)) (call $rarest (local.get $needleA))))
    (local.set $toB (i32.sub (call $second (local.get $needleB)) (call $rarest (local.get $needleB))))
    (local.set $from (local.get $at))
    (local.set $stop (local.get $end))
    (local.set $nearest (i32.const -1))
    (loop $steps
      (if (i32.ge_s (local.get $at) (local.get $stop)) (then (return (local.get $nearest))))
      ;; Four glances in a row: to ask after each what it saw takes a sixth longer.
      (local.set $x
        (call $glance
          (local.get $at)
          (i32.add (local.get $at) (local.get $toA)) (i32.add (local.get $at) (local.get $toB))
          (local.get $a) (local.get $a2) (local.get $aMask)
          (local.get $b) (local.get $b2) (local.get $bMask)
          (local.get $bounds)))
      (local.set $at (i32.add (local.get $at) (i32.const 16)))
      (local.set $y
        (call $glance
          (local.get $at)
          (i32.add (local.get $at) (local.get $toA)) (i32.add (local.get $at) (local.get $toB))
          (local.get $a) (local.get $a2) (local.get $aMask)
          (local.get $b) (local.get $b2) (local.get $bMask)
          (local.get $bounds)))
      (local.set $at (i32.add (local.get $at) (i32.const 16)))
      (local.set $z
        (call $glance
          (local.get $at)
          (i32.add (local.get $at) (local.get $toA)) (i32.add (local.get $at) (local.get $toB))
          (local.get $a) (local.get $a2) (local.get $aMask)
          (local.get $b) (local.get $b2) (local.get $bMask)
          (local.get $bounds)))
      (local.set $at (i32.add (local.get $at) (i32.const 16)))
      (local.set $w
        (call $glance
          (local.get $at)
          (i32.add (local.get $at) (local.get $toA)) (i32.add (local.get $at) (local.get $toB))
          (local.get $a) (local.get $a2) (local.get $aMask)
          (local.get $b) (local.get $b2) (local.get $bMask)
          (local.get $bounds)))
      (local.set $at (i32.add (local.get $at) (i32.const 16)))
      (br_if $steps (i32.eqz
        (v128.any_true
          (v128.or
            (v128.or (local.get $x) (local.get $y))
            (v128.or (local.get $z) (local.get $w))))))
      (local.set $nearest
        (call $nearer
          (local.get $nearest)
          (call $look
            (call $bits (local.get $x) (local.get $y) (local.get $z) (local.get $w))
            (i32.sub (local.get $at) (i32.const 64)) (local.get $from) (local.get $end)
            (local.get $needleA) (local.get $needleB))))
      ;; What starts before it may have its rarest byte behind it, but fewer than 64 bytes on.
      (if (i32.ne (local.get $nearest) (i32.const -1))
        (then
          (local.set $stop
            (call $nearer (local.get $stop) (i32.add (local.get $nearest) (i32.const 64))))))
      (br $steps))
    (unreachable))
