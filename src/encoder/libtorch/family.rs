//! The families of models: which there are, what their files call things, and who computes them.

use rust_bert::pipelines::common::ModelType;

/// One architecture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    Bert,
    Roberta,
    Electra,
    Deberta,
    DebertaV2,
    DistilBert,
    Albert,
    MobileBert,
}

/// What a network is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Task {
    /// A score of each label for each piece.
    Labels,
    /// A vector for each piece.
    Vectors,
}

/// `model_type` in `config.json`.
const NAMES: [(&str, Family); 10] = [
    ("bert", Family::Bert),
    ("roberta", Family::Roberta),
    ("xlm-roberta", Family::Roberta),
    ("camembert", Family::Roberta),
    ("electra", Family::Electra),
    ("deberta", Family::Deberta),
    ("deberta-v2", Family::DebertaV2),
    ("distilbert", Family::DistilBert),
    ("albert", Family::Albert),
    ("mobilebert", Family::MobileBert),
];

impl Family {
    /// The family of a `model_type`.
    pub(super) fn of(model_type: &str) -> Option<Self> {
        NAMES.into_iter().find(|(name, _)| *name == model_type).map(|(_, family)| family)
    }

    /// Every `model_type`, for messages.
    pub(super) fn names() -> String {
        NAMES.map(|(name, _)| name).join(", ")
    }

    /// What the tensors' names begin with in a model with a head, and may lack in one without.
    pub(super) fn prefix(self) -> &'static str {
        match self {
            Self::Bert => "bert.",
            Self::Roberta => "roberta.",
            Self::Electra => "electra.",
            Self::Deberta | Self::DebertaV2 => "deberta.",
            Self::DistilBert => "distilbert.",
            Self::Albert => "albert.",
            Self::MobileBert => "mobilebert.",
        }
    }

    /// Whether rust-bert computes it; the others are written out here.
    pub(super) fn is_rust_berts(self) -> bool {
        matches!(self, Self::DistilBert | Self::Albert | Self::MobileBert)
    }

    /// Whether distances have scores of their own in its attention.
    pub(super) fn has_distances(self) -> bool {
        matches!(self, Self::Deberta | Self::DebertaV2)
    }

    /// The id of padding where the configuration names none.
    pub(super) fn usual_padding(self) -> i64 {
        i64::from(self == Self::Roberta)
    }

    /// The position of the first piece: RoBERTa counts from the padding's id on.
    pub(super) fn first_position(self, padding: i64) -> i64 {
        if self == Self::Roberta { padding + 1 } else { 0 }
    }

    /// The type of rust-bert's pipelines for sentence vectors; none where they do not know it, or read a vocabulary that folders lack.
    pub(super) fn pipeline(self) -> Option<ModelType> {
        match self {
            Self::Bert => Some(ModelType::Bert),
            Self::Roberta => Some(ModelType::Roberta),
            Self::DistilBert => Some(ModelType::DistilBert),
            Self::Electra | Self::Deberta | Self::DebertaV2 | Self::Albert | Self::MobileBert => None,
        }
    }
}
