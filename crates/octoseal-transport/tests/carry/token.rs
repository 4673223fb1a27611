//! Valid tokens and their kinds. No token is printed.

use octoseal_transport::{Token, TokenKind};

#[test]
fn the_prefix_decides_the_kind() {
    for (token, kind, words) in [
        ("ghp_canary", TokenKind::Classic, "classic personal access token"),
        ("github_pat_canary", TokenKind::FineGrained, "fine-grained personal access token"),
        ("gho_canary", TokenKind::OAuth, "OAuth access token"),
        ("ghu_canary", TokenKind::UserToServer, "GitHub App user access token"),
        ("ghs_canary", TokenKind::Installation, "GitHub App installation token"),
        ("ghr_canary", TokenKind::Refresh, "GitHub App refresh token"),
        ("canary", TokenKind::Unknown, "token of an unknown kind"),
    ] {
        let token = Token::new(token).unwrap();
        assert_eq!((token.kind(), token.kind().to_string().as_str()), (kind, words));
        assert_eq!(format!("{token:?}"), format!("Token({words})"));
    }
}

#[test]
fn a_token_that_fits_into_no_header_is_refused_and_not_repeated() {
    let long = "canary".repeat(171);
    for token in ["", "canary\n", " canary", "canary canary", "canary\u{7f}", "canarý", &long] {
        let error = Token::new(token).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("canar"), "{error:?}");
    }
    Token::new("x".repeat(1_024)).unwrap();
    Token::new("x".repeat(1_025)).unwrap_err();
}
