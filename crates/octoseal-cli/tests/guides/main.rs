//! Guides: runs the commands of README.md, the tutorial and the guides, and compares what they print with the page.
//!
//! `docs/contributing.md`, "Write a guide", explains the format. `UPDATE_EXPECT=1` writes the pages anew.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "helpers of tests may")]

mod compare;
mod keyboard;
mod page;
mod play;
#[path = "../../../octoseal-emulator/tests/recording/mod.rs"]
mod recording;
#[path = "../settle/mod.rs"]
mod settle;

use std::path::{Path, PathBuf};

#[test]
fn the_commands_of_each_page_print_the_output_on_the_page() {
    let mut commands = 0;
    for path in pages() {
        let text = std::fs::read_to_string(&path).unwrap();
        let page = page::Page::parse(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        commands += page.commands().count();
        let results = play::play(&page).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        expect_test::expect_file![&path].assert_eq(&page.with(&results));
    }
    assert!(commands >= 80, "only {commands} commands were found");
}

/// Lists README.md, the tutorial, the manual and the guides.
fn pages() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let guides = std::fs::read_dir(root.join("docs/guides")).into_iter().flatten();
    let mut pages: Vec<_> = guides.map(|entry| entry.unwrap().path()).collect();
    pages.extend(["README.md", "docs/tutorial.md", "docs/cli.md"].map(|path| root.join(path)));
    pages.retain(|path| path.extension().is_some_and(|it| it == "md") && path.exists());
    pages.sort();
    pages
}

#[test]
fn a_page_prepares_a_world_files_and_programs() {
    let text = [
        "<!-- world:",
        "[[repository]]",
        "name = \"octo/hello\"",
        "-->",
        "<!-- program: greet",
        "#!/bin/sh",
        "echo \"hello $NAME\"",
        "-->",
        "<!-- setup:",
        "export NAME=octo",
        "-->",
        "```text title=\"folder/value.txt\"",
        "s3cr3t",
        "```",
        "```console",
        "$ greet",
        "hello octo",
        "$ octoseal put A octo/hello \\",
        "    --raw --from-file folder/value.txt",
        "outdated",
        "$ octoseal list octo/other  # exit code 3",
        "…",
        "$ cat << end",
        "> text",
        "> end",
        "text",
        "```",
        "```console type=\"s3cr3t, y\"",
        "$ octoseal put B octo/hello",
        "Value (hidden; type or paste, then press Enter):",
        "created B in repos/octo/hello/actions",
        "$ octoseal delete B octo/hello",
        "This will delete B from repos/octo/hello/actions. Continue? [y/N] y",
        "deleted B from repos/octo/hello/actions",
        "```",
        "```console no_run",
        "$ exit 1",
        "```",
        "<!-- A comment: of one line -->",
    ];
    let text = text.join("\n") + "\n";
    let page = page::Page::parse(&text).unwrap();
    let results = play::play(&page).unwrap();
    assert_eq!(page.with(&results), text.replace("outdated", "created A in repos/octo/hello/actions"));
}

#[test]
fn a_page_that_cannot_run_is_refused() {
    for text in [
        "```console\noctoseal demo\n```\n",
        "  ```console\n  $ octoseal demo\n  ```\n",
        "```console\n$ octoseal demo\n",
        "<!-- wrold:\nstrict = true\n-->\n",
        "<!-- file:\ntext\n-->\n",
        "<!-- setup: name\ntrue\n-->\n",
        "```console\n$ octoseal \\\n```\n",
        "```console\n$ octoseal # exit code one\n```\n",
    ] {
        assert!(page::Page::parse(text).is_err(), "{text}");
    }
    let page = page::Page::parse("```console\n$ exit 1\n```\n").unwrap();
    assert!(play::play(&page).is_err_and(|error| error.contains("ended early")));
}
