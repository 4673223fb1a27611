//! Illegal code does not compile, for the reason that is recorded next to it.

#[test]
fn illegal_combinations_do_not_compile() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
