//! `entities`: one row per named thing of an article.

use super::{Article, Cell, Column, Table};
use crate::{Entity, Label};

pub(super) struct Entities;

impl Table for Entities {
    fn name(&self) -> &'static str {
        "entities"
    }

    fn columns(&self) -> &'static [Column] {
        const {
            &[
                Column::text("article_id"),
                Column::text("entity_id"),
                Column::text("label"),
                Column::text("name"),
                Column::count("count"),
                Column::spans("offsets"),
                Column::decimal("score"),
            ]
        }
    }

    fn rows(&self, article: &Article<'_>) -> Vec<Vec<Cell>> {
        article.analysis.entities.iter().map(|entity| row(article, entity)).collect()
    }
}

/// The score is the mean of the mentions' probabilities.
fn row(article: &Article<'_>, entity: &Entity) -> Vec<Cell> {
    let total: f64 = entity.mentions.iter().map(|mention| f64::from(mention.score)).sum();
    vec![
        article.id().into(),
        entity.id.as_str().into(),
        entity.label.name().into(),
        entity.name.as_str().into(),
        entity.mentions.len().into(),
        article.offsets(entity.mentions.iter().map(|mention| mention.span)),
        (total / entity.mentions.len().max(1) as f64).into(),
    ]
}
