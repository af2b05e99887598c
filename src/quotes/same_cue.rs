//! Which contents are one quotation: those of one cue. `“A,” she said, “B”` is one quotation with two spans.

use std::collections::BTreeMap;

use super::changes::Change;
use super::draft::{Draft, Link};
use super::labelled_reading::{LabelledReading, RunId};

/// [`Rule::SameCue`](super::Rule::SameCue): joins the contents of one cue; the quotation has the links that most of them are sure of.
pub(super) fn join(_: &LabelledReading<'_>, drafts: &[Draft]) -> Vec<Change> {
    let mut groups: BTreeMap<RunId, Vec<usize>> = BTreeMap::new();
    for (at, cue) in drafts.iter().enumerate().filter_map(|(at, draft)| Some((at, draft.cue?))) {
        groups.entry(cue.run.id).or_default().push(at);
    }
    let mut changes = Vec::new();
    for group in groups.into_values() {
        let [draft, others @ ..] = group.as_slice() else { continue };
        if others.is_empty() {
            continue;
        }
        let members = || group.iter().filter_map(|&at| drafts.get(at));
        let (cue, source) = (best(members().filter_map(|member| member.cue)), best(members().filter_map(|member| member.source)));
        changes.extend(others.iter().map(|&from| Change::Join { into: *draft, from }));
        changes.extend([Change::Cue { draft: *draft, link: cue }, Change::Source { draft: *draft, link: source }]);
    }
    changes
}

/// The run with the greatest sum of probabilities, with the greatest single one; the first of equals.
fn best(links: impl Iterator<Item = Link>) -> Option<Link> {
    let mut sums: Vec<(Link, f64)> = Vec::new();
    for link in links {
        if let Some((known, sum)) = sums.iter_mut().find(|(known, _)| known.run.id == link.run.id) {
            *sum += link.probability;
            known.probability = known.probability.max(link.probability);
        } else {
            sums.push((link, link.probability));
        }
    }
    sums.into_iter().reduce(|best, other| if other.1 > best.1 { other } else { best }).map(|(link, _)| link)
}
