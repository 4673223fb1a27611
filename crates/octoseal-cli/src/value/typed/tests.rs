//! Tests of the input at the hidden prompt.

use super::*;
use proptest::prelude::*;

/// Feeds bytes until the input ends.
fn typed(bytes: &[u8]) -> (Option<End>, Result<Vec<u8>, Refused>) {
    let mut typed = Typed::new();
    let end = bytes.iter().find_map(|byte| typed.take(*byte));
    (end, typed.finish().map(|value| value.expose().to_vec()))
}

#[test]
fn typed_input_ends_with_enter() {
    for (bytes, value) in [
        (&b"abc\r"[..], &b"abc"[..]),
        (b"abc\n", b"abc"),
        (b"abc\x04", b"abc"),
        (b"a\tb\r", b"a\tb"),
        (b"abx\x7fc\r", b"abc"),
        (b"ab\xc3\xa9\x08c\r", b"abc"),
        (b"\xe9\r", b"\xe9"),
        (b"\xff\xfe\r", b"\xff\xfe"),
        (b"wrong\x15right\r", b"right"),
        (b"\x7f\x7fa\r", b"a"),
        (b"\r", b""),
    ] {
        assert_eq!(typed(bytes), (Some(End::Entered), Ok(value.to_vec())), "{}", bytes.escape_ascii());
    }
}

#[test]
fn a_paste_is_kept_byte_for_byte_with_lf_as_line_end() {
    for (bytes, value) in [
        (&b"\x1b[200~one\rtwo\rthree\r\x1b[201~\r"[..], &b"one\ntwo\nthree\n"[..]),
        (b"\x1b[200~one\r\ntwo\nthree\x1b[201~\r", b"one\ntwo\nthree"),
        (b"\x1b[200~a\tb\0c\x03d\x7f\x15\x1b[31m\x1b\x1b[201~\r", b"a\tb\0c\x03d\x7f\x15\x1b[31m\x1b"),
        (b"\x1b[200~a\x1b[201~\x1b[200~b\x1b[201~c\r", b"abc"),
        (b"<\x1b[200~\x1b[20\x1b[201~>\r", b"<\x1b[20>"),
    ] {
        assert_eq!(typed(bytes), (Some(End::Entered), Ok(value.to_vec())), "{}", bytes.escape_ascii());
    }
}

#[test]
fn invalid_input_is_refused_as_a_whole() {
    for bytes in [&b"a\x1b[Db\r"[..], b"a\0b\r", b"\x01a\r", b"\x1b[200\r", b"\x1b\x1b[200~x\x1b[201~\r"] {
        assert_eq!(typed(bytes), (Some(End::Entered), Err(Refused::Control)), "{}", bytes.escape_ascii());
    }
    let long = [&b"\x1b[200~"[..], &vec![b'x'; CAPACITY + 1], b"\x1b[201~\r"].concat();
    assert_eq!(typed(&long), (Some(End::Entered), Err(Refused::TooLong)));
    assert_eq!(typed(b"\x1b[200~abc"), (None, Err(Refused::Unfinished)));
}

#[test]
fn ctrl_c_interrupts() {
    assert_eq!(typed(b"abc\x03").0, Some(End::Interrupted));
    assert_eq!(typed(b"\x1c").0, Some(End::Interrupted));
}

proptest! {
    #[test]
    fn any_paste_without_its_own_end_is_kept(paste in proptest::collection::vec(any::<u8>(), 0..200)) {
        prop_assume!(!paste.windows(PASTE_ENDS.len()).any(|window| window == PASTE_ENDS));
        let bytes = [PASTE_BEGINS, &paste, PASTE_ENDS, b"\r"].concat();
        let (mut expected, mut after_cr) = (Vec::new(), false);
        for byte in paste {
            match byte {
                b'\r' => expected.push(b'\n'),
                b'\n' if after_cr => {}
                byte => expected.push(byte),
            }
            after_cr = byte == b'\r';
        }
        prop_assert_eq!(typed(&bytes), (Some(End::Entered), Ok(expected)));
    }
}
