//! One place where the model found a name, while it is not yet settled what it names.

use super::name::Name;
use crate::{EntityLabel, Span};

/// One mention with its name.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) span: Span,
    pub(super) score: f32,
    pub(super) label: EntityLabel,
    pub(super) name: Name,
}

impl Found {
    /// What mentions of one thing share.
    pub(super) fn key(&self) -> (EntityLabel, String) {
        (self.label, self.name.key())
    }
}
