//! `keyphrases`: one row per keyphrase of an article, best first.

use super::{Article, Cell, Table};

pub(super) struct Keyphrases;

impl Table for Keyphrases {
    fn name(&self) -> &'static str {
        "keyphrases"
    }

    fn columns(&self) -> &'static [&'static str] {
        &["article_id", "rank", "phrase", "count", "offsets", "score"]
    }

    fn rows(&self, article: &Article<'_>) -> Vec<Vec<Cell>> {
        let row = |(index, keyphrase): (usize, &crate::Keyphrase)| {
            vec![
                article.id().into(),
                (index + 1).into(),
                keyphrase.phrase.as_str().into(),
                keyphrase.mentions.len().into(),
                article.offsets(keyphrase.mentions.iter().copied()).into(),
                keyphrase.score.into(),
            ]
        };
        article.analysis.keyphrases.iter().enumerate().map(row).collect()
    }
}
