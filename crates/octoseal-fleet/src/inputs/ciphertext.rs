//! Values that are not the secret itself: encrypted files, placeholders, and unusual encodings.

/// Describes the value, if it is encrypted or a placeholder.
///
/// # Examples
///
/// ```
/// use octoseal_fleet::inputs::ciphertext::kind;
///
/// assert_eq!(kind(b"op://vault/item/field"), Some("a reference of 1Password"));
/// assert_eq!(kind(b"s3cr3t"), None);
/// ```
pub fn kind(value: &[u8]) -> Option<&'static str> {
    let is_wide = is_utf16(value);
    let holds = |part: &[u8]| if is_wide { find(value, &wide(part)) } else { find(value, part) };
    let held = || CONTENTS.iter().find(|(part, _)| holds(part)).map(|(_, kind)| *kind);
    beginning(FILES, value).or_else(|| beginning(VALUES, value)).or_else(held)
}

/// Describes a whole file, if it is encrypted or a pointer to a file elsewhere.
pub(super) fn whole_file(text: &[u8]) -> Option<&'static str> {
    beginning(FILES, text)
}

fn beginning(table: &[(&[u8], &'static str)], value: &[u8]) -> Option<&'static str> {
    if is_utf16(value) {
        // The comparison starts after the byte order mark, or after the zero byte of a big-endian first
        // character.
        let begins = |start: &[u8]| find(value.get(..2 * start.len() + 2).unwrap_or(value), &wide(start));
        return table.iter().find(|(start, _)| begins(start)).map(|(_, kind)| *kind);
    }
    let value = value.strip_prefix(UTF8_BOM).unwrap_or(value);
    let text = value.trim_ascii_start();
    let found = table.iter().find(|(start, _)| text.starts_with(start) || value.starts_with(start));
    found.map(|(_, kind)| *kind)
}

/// Describes an unusual encoding of the value.
///
/// # Examples
///
/// ```
/// use octoseal_fleet::inputs::ciphertext::suspicious_encoding;
///
/// assert!(suspicious_encoding(b"\xFF\xFEa\0").is_some());
/// assert_eq!(suspicious_encoding(b"a"), None);
/// ```
pub fn suspicious_encoding(value: &[u8]) -> Option<&'static str> {
    if value.starts_with(UTF8_BOM) {
        return Some("begins with a byte order mark (BOM)");
    }
    is_utf16(value).then_some("looks like UTF-16; most programs want UTF-8")
}

/// Returns whether the value has a byte order mark of UTF-16, or a zero in every second byte.
pub(super) fn is_utf16(value: &[u8]) -> bool {
    let has_zeros = value.len() >= 4 && value.len() % 2 == 0 && {
        let zeros = |odd: usize| value.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
        let half = value.len() / 2;
        (zeros(0) == half) != (zeros(1) == half)
    };
    has_zeros || value.starts_with(b"\xFF\xFE") || value.starts_with(b"\xFE\xFF")
}

/// Encodes ASCII text as UTF-16 without the outer zero, so that it matches either byte order.
fn wide(text: &[u8]) -> Vec<u8> {
    let mut wide: Vec<u8> = text.iter().flat_map(|byte| [*byte, 0]).collect();
    wide.pop();
    wide
}

fn find(value: &[u8], part: &[u8]) -> bool {
    let mut rest = value;
    while let Some(start) = rest.iter().position(|byte| part.first() == Some(byte)) {
        rest = &rest[start..];
        if rest.starts_with(part) {
            return true;
        }
        rest = &rest[1..];
    }
    false
}

pub(super) const UTF8_BOM: &[u8] = b"\xEF\xBB\xBF";

/// The beginnings of these files, from the documentation of each tool.
const FILES: &[(&[u8], &str)] = &[
    (b"$ANSIBLE_VAULT;", "a file encrypted by ansible-vault"),
    (b"age-encryption.org/v1", "a file encrypted by age"),
    (b"-----BEGIN AGE ENCRYPTED FILE-----", "a file encrypted by age"),
    (b"\0GITCRYPT\0", "a file encrypted by git-crypt"),
    (b"version https://git-lfs.github.com/spec/", "a Git LFS pointer"),
    (b"version https://hawser.github.com/spec/", "a Git LFS pointer"),
    (b"/annex/objects/", "a git-annex pointer"),
    (b"-----BEGIN PGP MESSAGE-----", "a message encrypted by OpenPGP"),
    (b"Salted__", "a file encrypted by openssl enc"),
    (b"U2FsdGVkX1", "a text encrypted by openssl enc"),
];

/// The beginnings of encrypted values and references.
const VALUES: &[(&[u8], &str)] = &[
    (b"encrypted:B", "a value encrypted by dotenvx"),
    (b"op://", "a reference of 1Password"),
    (b"vault:v", "a ciphertext of Vault's transit engine"),
];

/// Texts inside encrypted files and their values.
const CONTENTS: &[(&[u8], &str)] = &[
    (b"ENC[AES256_GCM,data:", "a file encrypted by SOPS"),
    (b"!vault |", "a file with values encrypted by ansible-vault"),
    (b"!vault-encrypted |", "a file with values encrypted by ansible-vault"),
    (b"ENC[PKCS7,", "a file encrypted by hiera-eyaml"),
    (b"kind: SealedSecret", "a Sealed Secret of Kubernetes"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encrypted_files_and_placeholders_are_recognized() {
        for (value, word) in [
            (&b"password: ENC[AES256_GCM,data:x,iv:y,tag:z,type:str]\nsops:\n  kms: []\n"[..], "SOPS"),
            (b"{\"a\":\"ENC[AES256_GCM,data:x]\"}", "SOPS"),
            (b"$ANSIBLE_VAULT;1.1;AES256\n6162", "ansible-vault"),
            (b"\n$ANSIBLE_VAULT;1.2;AES256;dev\n", "ansible-vault"),
            (b"age-encryption.org/v1\n-> X25519 x\n", "age"),
            (b"-----BEGIN AGE ENCRYPTED FILE-----\n", "age"),
            (b"\0GITCRYPT\0abc", "git-crypt"),
            (b"version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 2\n", "Git LFS"),
            (b"\xEF\xBB\xBF$ANSIBLE_VAULT;1.1;AES256\n", "ansible-vault"),
            (b"op://vault/item/field", "1Password"),
            (b"version https://hawser.github.com/spec/v1\n", "Git LFS"),
            (b"password: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6162\n", "ansible-vault"),
            (&utf16("$ANSIBLE_VAULT;1.1;AES256\n", u16::to_le_bytes), "ansible-vault"),
            (&utf16("$ANSIBLE_VAULT;1.1;AES256\n", u16::to_be_bytes), "ansible-vault"),
            (&utf16("\u{feff}age-encryption.org/v1\n", u16::to_le_bytes), "age"),
            (&utf16("\u{feff}a: ENC[AES256_GCM,data:x]", u16::to_be_bytes), "SOPS"),
        ] {
            let found = kind(value).unwrap_or_default();
            assert!(found.contains(word), "{word}: {found:?}");
        }
    }

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn a_text_with_an_encrypted_value_is_not_an_encrypted_file() {
        assert_eq!(whole_file(b"$ANSIBLE_VAULT;1.1;AES256\n"), Some("a file encrypted by ansible-vault"));
        for text in [&b"A=ENC[AES256_GCM,data:x]"[..], b"A=op://vault/item/field", b"op://vault/item/field"] {
            assert_eq!(whole_file(text), None, "{}", text.escape_ascii());
        }
    }

    #[test]
    fn keys_and_ordinary_values_are_not() {
        for value in [
            &b"-----BEGIN ENCRYPTED PRIVATE KEY-----\n"[..],
            b"-----BEGIN OPENSSH PRIVATE KEY-----\n",
            b"-----BEGIN PGP PRIVATE KEY BLOCK-----\n",
            b"AGE-SECRET-KEY-1QQQ",
            b"ghp_0123456789",
            b"",
            b"sops",
            b"https://vault.example",
        ] {
            assert_eq!(kind(value), None, "{}", value.escape_ascii());
            assert_eq!(suspicious_encoding(value), None);
        }
    }

    #[test]
    fn unusual_encodings_are_reported() {
        for value in
            [&b"\xEF\xBB\xBFabc"[..], b"\xFF\xFEa\0b\0", b"\xFE\xFF\0a\0b", b"a\0b\0c\0", b"\0a\0b\0c"]
        {
            assert!(suspicious_encoding(value).is_some(), "{}", value.escape_ascii());
        }
        assert_eq!(suspicious_encoding(b"\0\0\0\0"), None, "binary data");
    }
}
