;; Hashes, and the shapes that were learnt, by their hashes (`row_scanner.wat`).

  (global $seed (export "seed") (mut i64) (i64.const 0))
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
