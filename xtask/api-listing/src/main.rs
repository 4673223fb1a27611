//! Prints the public API in a rustdoc JSON file, one item a line.
//!
//! It leaves out blanket implementations, which are the same for every type, and auto traits, which
//! cargo-semver-checks compares.

fn main() {
    let path = std::env::args_os().nth(1).expect("the path of a JSON file");
    let builder = public_api::Builder::from_rustdoc_json(path);
    let api = builder.omit_blanket_impls(true).omit_auto_trait_impls(true).build();
    print!("{}", api.unwrap_or_else(|error| panic!("{error}")));
}
