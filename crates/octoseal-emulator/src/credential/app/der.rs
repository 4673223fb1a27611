//! A minimal DER parser that finds an RSA key in its wrapping (RFC 5280, 4.1; RFC 8017, A.1.1).

const BIT_STRING: u8 = 0x03;
const INTEGER: u8 = 0x02;
const SEQUENCE: u8 = 0x30;

/// rsaEncryption, 1.2.840.113549.1.1.1, with its tag and length.
const RSA: &[u8] = &[0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];

/// Returns the `RSAPublicKey` inside a `SubjectPublicKeyInfo`.
pub(super) fn key_in_info(der: &[u8]) -> Option<&[u8]> {
    let (info, []) = element(SEQUENCE, der)? else {
        return None;
    };
    let (algorithm, rest) = element(SEQUENCE, info)?;
    let (bits, []) = element(BIT_STRING, rest)? else {
        return None;
    };
    let (0, key) = bits.split_first()? else {
        return None;
    };
    algorithm.starts_with(RSA).then_some(key)
}

/// Returns the number of bits in the modulus of an `RSAPublicKey`, rounded up to whole bytes.
pub(super) fn modulus_bits(der: &[u8]) -> Option<usize> {
    let (key, []) = element(SEQUENCE, der)? else {
        return None;
    };
    let (modulus, rest) = element(INTEGER, key)?;
    let (_, []) = element(INTEGER, rest)? else {
        return None;
    };
    let zeros = modulus.iter().take_while(|byte| **byte == 0).count();
    Some((modulus.len() - zeros) * 8)
}

/// Returns the content of the first element, and the rest. The element's length has at most two bytes.
fn element(tag: u8, der: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = match der {
        [first, ..] if *first != tag => return None,
        [_, length @ ..=0x7f, rest @ ..] => (usize::from(*length), rest),
        [_, 0x81, length, rest @ ..] => (usize::from(*length), rest),
        [_, 0x82, high, low, rest @ ..] => (usize::from(u16::from_be_bytes([*high, *low])), rest),
        _ => return None,
    };
    rest.split_at_checked(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn truncated_or_other_data_is_no_key() {
        for der in [&[][..], &[0x30], &[0x30, 0x05], &[0x30, 0x82, 0x01], &[0x02, 0x01, 0x00], &[0x30, 0x80]]
        {
            assert_eq!(key_in_info(der), None, "{der:?}");
            assert_eq!(modulus_bits(der), None, "{der:?}");
        }
    }

    #[test]
    fn the_modulus_is_measured_without_its_sign() {
        assert_eq!(modulus_bits(&[0x30, 0x08, 0x02, 0x03, 0x00, 0xff, 0xff, 0x02, 0x01, 0x03]), Some(16));
    }
}
