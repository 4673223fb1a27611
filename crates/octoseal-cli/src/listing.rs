//! A listing that is printed as its pages arrive, and checked for completeness at its end.

use crate::output::{Failure, Output};
use octoseal::{Error, Pages};
use std::collections::BTreeSet;

/// Prints the items of a listing in pages, each once, and returns their number.
///
/// A listing that changed in the meantime is read once more from its start, and new items are printed. If it
/// cannot be read to its end, the failure reports that the printed items are incomplete. Reading stops once
/// the reader of standard output has disconnected.
pub(crate) async fn print<T>(
    start: impl Fn() -> Pages<T>,
    key: impl Fn(&T) -> String,
    print: impl FnMut(&[T]) -> Result<(), Failure>,
    output: Output,
) -> Result<usize, Failure> {
    let mut printer = Printer { key, print, printed: BTreeSet::new(), output };
    let mut listed = printer.read(start()).await?;
    if let Err(Error::Incomplete { .. }) = listed {
        listed = printer.read(start()).await?;
    }
    let printed = printer.printed.len();
    match listed {
        Ok(()) => Ok(printed),
        Err(error) => {
            let says_so =
                printed == 0 || matches!(error, Error::Incomplete { .. } | Error::PartialResults { .. });
            let mut failure = Failure::from(error);
            if !says_so {
                failure.message = format!("what was printed is not everything: {}", failure.message);
            }
            Err(failure)
        }
    }
}

struct Printer<K, P> {
    key: K,
    print: P,
    /// The keys of all items that were printed.
    printed: BTreeSet<String>,
    output: Output,
}

impl<K, P> Printer<K, P> {
    /// Reads a listing from its start to its end. A duplicate item may have displaced another one.
    async fn read<T>(&mut self, mut pages: Pages<T>) -> Result<Result<(), Error>, Failure>
    where
        K: Fn(&T) -> String,
        P: FnMut(&[T]) -> Result<(), Failure>,
    {
        let (mut different, mut total) = (BTreeSet::new(), 0);
        loop {
            let mut items = match pages.next().await {
                Ok(Some(items)) => items,
                Ok(None) if different.len() == total => return Ok(Ok(())),
                Ok(None) => {
                    let (found, total) = (different.len() as u64, total as u64);
                    return Ok(Err(Error::Incomplete { found, total }));
                }
                Err(error) => return Ok(Err(error)),
            };
            total += items.len();
            different.extend(items.iter().map(&self.key));
            items.retain(|item| self.printed.insert((self.key)(item)));
            (self.print)(&items)?;
            if self.output.reader_has_left() {
                return Ok(Ok(()));
            }
        }
    }
}
