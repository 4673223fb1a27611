//! What must not compile does not compile, for the reason that is written beside it.

#[test]
fn illegal_combinations_do_not_compile() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
