//! What the tests of all readers need: a file's articles and its failures.

use std::ops::ControlFlow;

use super::ReadOptions;
use super::format::{Format, Input, RawArticle};
use crate::Result;

/// All that a reader gives, its own failure last.
pub(super) fn read(format: &dyn Format, bytes: &[u8], name: &str, options: &ReadOptions) -> Vec<Result<RawArticle>> {
    let mut found = Vec::new();
    let input = Input::of_stream(name, bytes);
    let read = format.read(input, options, &mut |article| {
        found.push(article);
        ControlFlow::Continue(())
    });
    found.extend(read.err().map(Err));
    found
}

/// The articles that a reader gives.
pub(super) fn articles(format: &dyn Format, bytes: &[u8], name: &str, options: &ReadOptions) -> Vec<RawArticle> {
    read(format, bytes, name, options).into_iter().filter_map(Result::ok).collect()
}

/// What a reader says about the articles it could not read.
pub(super) fn failures(format: &dyn Format, bytes: &[u8], name: &str, options: &ReadOptions) -> Vec<String> {
    read(format, bytes, name, options).into_iter().filter_map(Result::err).map(|error| error.to_string()).collect()
}
