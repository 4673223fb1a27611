//! Values that stand for a secret but are not it: encrypted files, placeholders, and unusual encodings.

/// Returns what the value is, if it is encrypted or a placeholder.
pub(super) fn kind(value: &[u8]) -> Option<&'static str> {
    let value = value.strip_prefix(UTF8_BOM).unwrap_or(value);
    let text = value.trim_ascii_start();
    let begins = BEGINNINGS.iter().find(|(start, _)| text.starts_with(start) || value.starts_with(start));
    let holds = || CONTENTS.iter().find(|(part, _)| find(value, part));
    begins.or_else(holds).map(|(_, kind)| *kind)
}

/// Returns what is unusual about the encoding of the value.
pub(super) fn suspicious_encoding(value: &[u8]) -> Option<&'static str> {
    if value.starts_with(UTF8_BOM) {
        return Some("begins with a byte order mark (BOM)");
    }
    let is_utf16 = value.len() >= 4 && value.len() % 2 == 0 && {
        let zeros = |odd: usize| value.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
        let half = value.len() / 2;
        (zeros(0) == half) != (zeros(1) == half)
    };
    let has_mark = value.starts_with(b"\xFF\xFE") || value.starts_with(b"\xFE\xFF");
    (is_utf16 || has_mark).then_some("looks like UTF-16; most programs want UTF-8")
}

fn find(value: &[u8], part: &[u8]) -> bool {
    value.windows(part.len()).any(|window| window == part)
}

const UTF8_BOM: &[u8] = b"\xEF\xBB\xBF";

/// How these files begin, from the documentation of each tool.
const BEGINNINGS: &[(&[u8], &str)] = &[
    (b"$ANSIBLE_VAULT;", "a file encrypted by ansible-vault"),
    (b"age-encryption.org/v1", "a file encrypted by age"),
    (b"-----BEGIN AGE ENCRYPTED FILE-----", "a file encrypted by age"),
    (b"\0GITCRYPT\0", "a file encrypted by git-crypt"),
    (b"version https://git-lfs.github.com/spec/", "a Git LFS pointer"),
    (b"/annex/objects/", "a git-annex pointer"),
    (b"-----BEGIN PGP MESSAGE-----", "a message encrypted by OpenPGP"),
    (b"Salted__", "a file encrypted by openssl enc"),
    (b"U2FsdGVkX1", "a text encrypted by openssl enc"),
    (b"encrypted:B", "a value encrypted by dotenvx"),
    (b"op://", "a reference of 1Password"),
    (b"vault:v", "a ciphertext of Vault's transit engine"),
];

/// What these files contain.
const CONTENTS: &[(&[u8], &str)] = &[
    (b"ENC[AES256_GCM,data:", "a file encrypted by SOPS"),
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
        ] {
            let found = kind(value).unwrap_or_default();
            assert!(found.contains(word), "{word}: {found:?}");
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
