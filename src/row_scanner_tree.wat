;; Knows rows again that are as others were before (`row_scanner.wat`), by the tree of what these were.
;;
;; A row of a known shape is literals, byte for byte, with strings and numbers of any content between
;; them. So the tree has a node for each literal with what follows it, and a row of the shape is a way
;; from the top of the tree down: where a row goes another way, siblings say which. What follows a
;; literal is a string that is not empty, or one that is the row's time, both without their quotes; a
;; whole number, or one with a point; or the row's end. Texts that decide what a row means, words, and
;; strings that are empty belong to the literals. A row in which anything is odd has no way.
;;
;; A node is the place of its next sibling, that of its first child, the length of its literal, what
;; follows (0 the end, 1 a string, 2 the time, else a kind as `$readScalar` gives it), the number of the
;; shape for one that ends, each in four bytes; from byte 32 on its literal, filled up with zeros to a
;; multiple of 16. `shape_tree.ts` makes them.

  ;; The top of the tree for the format at hand, a node of which only the first child counts; 0 for none.
  (global $tree (export "tree") (mut i32) (i32.const 0))

  ;; Finds the way of the row at a place. Gives where its line ends, with its shape, its time and its
  ;; numbers noted; 0 where it has none, -1 where it goes on behind the end.
  (func $recognize (param $at i32) (param $end i32) (param $record i32) (result i32)
    (local $above i32) (local $node i32) (local $before i32)
    (local $literalEnd i32) (local $next i32) (local $kind i32)
    (local $number i32) (local $numberCount i32)
    (if (i32.eqz (global.get $tree)) (then (return (i32.const 0))))
    (i32.store offset=16 (local.get $record) (i32.const 0))
    (local.set $above (global.get $tree))
    (loop $levels
      (local.set $node (i32.load offset=4 (local.get $above)))
      (local.set $before (i32.const 0))
      (loop $siblings
        (if (i32.eqz (local.get $node)) (then (return (i32.const 0))))
        (block $fails
          (local.set $literalEnd (i32.add (local.get $at) (i32.load offset=8 (local.get $node))))
          (br_if $fails (i32.gt_u (local.get $literalEnd) (local.get $end)))
          (br_if $fails (i32.eqz (call $hasLiteral (local.get $at) (local.get $node))))
          (local.set $kind (i32.load offset=12 (local.get $node)))
          (if (i32.eqz (local.get $kind))
            (then
              (i32.store offset=4 (local.get $record) (i32.load offset=16 (local.get $node)))
              (return (i32.sub (local.get $literalEnd) (i32.const 1)))))
          (if (i32.le_u (local.get $kind) (i32.const 2))
            (then
              (local.set $next (call $skipString (local.get $literalEnd) (local.get $end)))
              (br_if $fails (i32.eq (local.get $next) (local.get $literalEnd)))
              (if (i32.le_s (local.get $next) (i32.const 0)) (then (return (local.get $next))))
              (if (i32.eq (local.get $kind) (i32.const 2))
                (then
                  (call $noteTime
                    (local.get $record)
                    (local.get $literalEnd)
                    (i32.sub (local.get $next) (local.get $literalEnd))))))
            (else
              (local.set $number (global.get $number))
              (local.set $numberCount (global.get $numberCount))
              (if (i32.ne (call $readNumber (local.get $literalEnd)) (local.get $kind))
                (then
                  (global.set $number (local.get $number))
                  (global.set $numberCount (local.get $numberCount))
                  (br $fails)))
              (local.set $next (global.get $scalarEnd))))
          ;; What was there is likely to be there again, so it goes before its siblings.
          (if (local.get $before)
            (then
              (i32.store (local.get $before) (i32.load (local.get $node)))
              (i32.store (local.get $node) (i32.load offset=4 (local.get $above)))
              (i32.store offset=4 (local.get $above) (local.get $node))))
          (local.set $at (local.get $next))
          (local.set $above (local.get $node))
          (br $levels))
        (local.set $before (local.get $node))
        (local.set $node (i32.load (local.get $node)))
        (br $siblings)))
    (unreachable))

  ;; Whether the literal of a node stands at a place.
  (func $hasLiteral (param $at i32) (param $node i32) (result i32)
    (local $left i32)
    (local.set $left (i32.load offset=8 (local.get $node)))
    (loop $chunks
      (if (i32.lt_s (local.get $left) (i32.const 16))
        (then
          (return
            (i32.eqz
              (v128.any_true
                (v128.and
                  (v128.xor (v128.load (local.get $at)) (v128.load offset=32 (local.get $node)))
                  (i8x16.lt_s
                    (v128.const i8x16 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15)
                    (i8x16.splat (local.get $left)))))))))
      (if (v128.any_true (v128.xor (v128.load (local.get $at)) (v128.load offset=32 (local.get $node))))
        (then (return (i32.const 0))))
      (local.set $at (i32.add (local.get $at) (i32.const 16)))
      (local.set $node (i32.add (local.get $node) (i32.const 16)))
      (local.set $left (i32.sub (local.get $left) (i32.const 16)))
      (br $chunks))
    (unreachable))

  ;; Notes the time of a row in its record: the length of the text, and its first 48 bytes.
  (func $noteTime (param $record i32) (param $at i32) (param $length i32)
    (i32.store offset=16 (local.get $record) (local.get $length))
    (v128.store offset=32 (local.get $record) (v128.load (local.get $at)))
    (v128.store offset=48 (local.get $record) (v128.load offset=16 (local.get $at)))
    (v128.store offset=64 (local.get $record) (v128.load offset=32 (local.get $at))))
