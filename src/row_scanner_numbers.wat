;; Words and numbers in rows (`row_scanner.wat`).

  ;; Where the next number goes, how many the row has had, and where the latest ends.
  (global $number (mut i32) (i32.const 0))
  (global $numberCount (mut i32) (i32.const 0))
  (global $scalarEnd (mut i32) (i32.const 0))
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
