//! The codebooks inside the program.

/// Name and text.
pub(super) const ALL: &[(&str, &str)] = &[
    ("policy-agenda", include_str!("../../../corpus/codebooks/policy-agenda.toml")),
    ("innovation-industry", include_str!("../../../corpus/codebooks/innovation-industry.toml")),
    ("climate-energy", include_str!("../../../corpus/codebooks/climate-energy.toml")),
];
