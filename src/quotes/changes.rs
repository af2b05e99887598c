//! What a rule may change, and the one place where changes are made and written down.
//!
//! A rule reads a text and the quotations so far, and gives back changes. It names quotations by their index at that time, contents by
//! their span.

use std::collections::BTreeSet;

use super::Rule;
use super::draft::{Draft, Link, Part};
use super::labelled_reading::{LabelledReading, Run};
use crate::Span;

/// One change to the labels or to the quotations.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Change {
    /// Labels words.
    Label(Run),
    /// Gives the labelled run at this index other borders.
    Trim { run: usize, span: Span },
    /// Takes the label off the run at this index.
    Unlabel(usize),
    /// Makes a quotation.
    Find(Draft),
    /// Gives a content other borders.
    Move { draft: usize, from: Span, to: Span },
    /// Adds a content.
    Extend { draft: usize, part: Part },
    /// Takes a content out; a quotation without one falls away.
    Cut { draft: usize, span: Span },
    /// Makes one content of the one of `from` and the one of `into` that `part` covers.
    Merge { into: usize, from: usize, part: Part },
    /// Gives the contents of one quotation to another one, whose links stay where it has some.
    Join { into: usize, from: usize },
    /// Chooses a cue, or none.
    Cue { draft: usize, link: Option<Link> },
    /// Chooses a source, or none.
    Source { draft: usize, link: Option<Link> },
    /// Drops a quotation.
    Drop(usize),
}

/// What a change was about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeKind {
    /// A content was found.
    Found,
    /// A content got other borders.
    Moved,
    /// A content was taken out.
    Cut,
    /// A content became one with another content.
    Merged,
    /// A content was taken in from another candidate.
    Joined,
    /// The cue was chosen or taken away.
    Cue,
    /// The source was chosen or taken away.
    Source,
    /// The candidate was dropped.
    Dropped,
}

/// One change that a rule made to a quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Applied {
    /// The rule.
    pub rule: Rule,
    /// What it changed.
    pub kind: ChangeKind,
    /// The words before; none where there were none.
    pub before: Option<Span>,
    /// The words after; none where there are none.
    pub after: Option<Span>,
}

/// What the rules did to the quotations of one text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trail {
    /// For each quotation its changes, in the order they were made.
    pub quotes: Vec<Vec<Applied>>,
    /// The same for each candidate that is no quotation; the last change says which rule dropped it, and which words.
    pub dropped: Vec<Vec<Applied>>,
}

/// Quotations in the making with the labels they are made of.
#[derive(Debug)]
pub(super) struct Drafts<'a> {
    pub(super) reading: LabelledReading<'a>,
    /// In text order.
    pub(super) kept: Vec<Draft>,
    pub(super) dropped: Vec<Draft>,
}

impl<'a> Drafts<'a> {
    /// A text before any rule has read it.
    pub(super) fn new(reading: LabelledReading<'a>) -> Self {
        Self { reading, kept: Vec::new(), dropped: Vec::new() }
    }

    /// Makes the changes that a rule gives, and writes down in each quotation what happened to it.
    pub(super) fn apply(&mut self, rule: Rule, changes: Vec<Change>) {
        let (mut labels, mut unlabelled, mut found) = (Vec::new(), BTreeSet::new(), Vec::new());
        for change in changes {
            match change {
                Change::Label(run) => labels.push(run),
                Change::Trim { run, span } => self.reading.trim_run(run, span),
                Change::Unlabel(run) => _ = unlabelled.insert(run),
                Change::Find(draft) => found.push(draft.found_by(rule)),
                Change::Move { draft, from, to } => self.edit(rule, draft, |draft| draft.move_part(rule, from, to)),
                Change::Extend { draft, part } => self.edit(rule, draft, |draft| draft.extend(rule, part)),
                Change::Cut { draft, span } => self.edit(rule, draft, |draft| draft.cut(rule, span)),
                Change::Cue { draft, link } => self.edit(rule, draft, |draft| draft.choose_cue(rule, link)),
                Change::Source { draft, link } => self.edit(rule, draft, |draft| draft.choose_source(rule, link)),
                Change::Merge { into, from, part } => self.give(from, into, |into, from| into.merge(rule, from, part)),
                Change::Join { into, from } => self.give(from, into, |into, from| into.join(rule, from)),
                Change::Drop(draft) => self.drop_draft(rule, draft),
            }
        }
        if !unlabelled.is_empty() {
            let mut at = 0..;
            self.reading.runs.retain(|_| at.next().is_none_or(|at| !unlabelled.contains(&at)));
        }
        for run in labels {
            self.reading.label(run);
        }
        self.kept.retain(|draft| !draft.parts.is_empty());
        if !found.is_empty() {
            self.kept.extend(found);
            self.kept.sort_by_key(|draft| draft.span().start());
        }
    }

    /// Changes one quotation, which falls away where nothing is left of it.
    fn edit(&mut self, rule: Rule, draft: usize, edit: impl FnOnce(&mut Draft)) {
        let Some(changed) = self.kept.get_mut(draft).filter(|draft| !draft.parts.is_empty()) else { return };
        let span = changed.span();
        edit(changed);
        if changed.parts.is_empty() {
            let emptied = std::mem::take(changed);
            self.dropped.push(emptied.dropped_by(rule, span));
        }
    }

    /// Gives all of one quotation to another. What is left of it goes when all changes are made, so that indices stay true.
    fn give(&mut self, from: usize, into: usize, give: impl FnOnce(&mut Draft, Draft)) {
        let given = self.kept.get_mut(from).filter(|_| from != into).map(std::mem::take);
        if let Some((into, given)) = self.kept.get_mut(into).zip(given) {
            give(into, given);
        }
    }

    fn drop_draft(&mut self, rule: Rule, draft: usize) {
        if let Some(dropped) = self.kept.get_mut(draft).filter(|draft| !draft.parts.is_empty()).map(std::mem::take) {
            let span = dropped.span();
            self.dropped.push(dropped.dropped_by(rule, span));
        }
    }
}

impl Draft {
    fn note(&mut self, rule: Rule, kind: ChangeKind, before: Option<Span>, after: Option<Span>) {
        self.history.push(Applied { rule, kind, before, after });
    }

    fn found_by(mut self, rule: Rule) -> Self {
        let found = |part: &Part| Applied { rule, kind: ChangeKind::Found, before: None, after: Some(part.span) };
        self.history.extend(self.parts.iter().map(found));
        let (cue, source) = (self.cue.take(), self.source.take());
        self.choose_cue(rule, cue);
        self.choose_source(rule, source);
        self
    }

    fn dropped_by(mut self, rule: Rule, span: Span) -> Self {
        self.note(rule, ChangeKind::Dropped, Some(span), None);
        self
    }

    fn move_part(&mut self, rule: Rule, from: Span, to: Span) {
        if let Some(part) = self.parts.iter_mut().find(|part| part.span == from) {
            part.span = to;
            self.note(rule, ChangeKind::Moved, Some(from), Some(to));
        }
    }

    fn extend(&mut self, rule: Rule, part: Part) {
        self.parts.push(part);
        self.note(rule, ChangeKind::Found, None, Some(part.span));
    }

    fn cut(&mut self, rule: Rule, span: Span) {
        self.parts.retain(|part| part.span != span);
        self.note(rule, ChangeKind::Cut, Some(span), None);
    }

    fn choose_cue(&mut self, rule: Rule, link: Option<Link>) {
        let (before, after) = (words(self.cue), words(link));
        self.cue = link;
        if before != after {
            self.note(rule, ChangeKind::Cue, before, after);
        }
    }

    fn choose_source(&mut self, rule: Rule, link: Option<Link>) {
        let (before, after) = (words(self.source), words(link));
        self.source = link;
        if before != after {
            self.note(rule, ChangeKind::Source, before, after);
        }
    }

    fn merge(&mut self, rule: Rule, from: Draft, part: Part) {
        self.parts.retain(|own| !part.span.contains(own.span));
        self.parts.push(part);
        self.parts.sort_by_key(|part| part.span);
        let span = from.span();
        self.history.extend(from.history);
        self.note(rule, ChangeKind::Merged, Some(span), Some(part.span));
    }

    fn join(&mut self, rule: Rule, from: Draft) {
        let span = from.span();
        self.parts.extend(from.parts);
        self.parts.sort_by_key(|part| part.span);
        self.cue = self.cue.or(from.cue);
        self.source = self.source.or(from.source);
        self.history.extend(from.history);
        self.note(rule, ChangeKind::Joined, None, Some(span));
    }
}

fn words(link: Option<Link>) -> Option<Span> {
    link.map(|link| link.run.span)
}

/// The changes that put `found` among `drafts`: contents that overlap one of `found`, or its source, are taken out.
pub(super) fn put_over(drafts: &[Draft], found: Vec<Draft>) -> Vec<Change> {
    if found.is_empty() {
        return Vec::new();
    }
    let mut spans: Vec<Span> = found.iter().flat_map(|draft| draft.parts.iter().map(|part| part.span).chain(words(draft.source))).collect();
    spans.sort();
    let mut taken: Vec<Span> = Vec::new();
    for span in spans {
        match taken.last_mut() {
            Some(last) if last.end() > span.start() => *last = last.cover(span),
            _ => taken.push(span),
        }
    }
    let is_taken = |span: Span| {
        let after = taken.partition_point(|other| other.end() <= span.start());
        taken.get(after).is_some_and(|other| other.overlaps(span))
    };
    let parts = drafts.iter().enumerate().flat_map(|(draft, found)| found.parts.iter().map(move |part| (draft, part.span)));
    let cuts = parts.filter(|&(_, span)| is_taken(span)).map(|(draft, span)| Change::Cut { draft, span });
    cuts.chain(found.into_iter().map(Change::Find)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Annotated;

    /// Quotations of three letters each, one behind the other.
    fn drafts(count: usize) -> Vec<Change> {
        let part = |at: usize| Part { span: Span::new(4 * at, 4 * at + 3), paragraph: 0, score: 0.5, is_recovered: false };
        (0..count).map(|at| Change::Find(Draft::new(part(at), None, None))).collect()
    }

    #[test]
    fn indices_stay_true_while_changes_are_made() {
        let annotated = Annotated::new("one two six ten");
        let mut made = Drafts::new(LabelledReading::new(&annotated.reading()));
        made.apply(Rule::Model, drafts(4));
        let to = Span::new(12, 14);
        made.apply(
            Rule::SameCue,
            vec![Change::Join { into: 0, from: 1 }, Change::Drop(2), Change::Move { draft: 3, from: Span::new(12, 15), to }],
        );
        let spans: Vec<Vec<Span>> = made.kept.iter().map(|draft| draft.parts.iter().map(|part| part.span).collect()).collect();
        assert_eq!(spans, [vec![Span::new(0, 3), Span::new(4, 7)], vec![to]]);
        let last = made.dropped.first().and_then(|draft| draft.history.last().copied());
        let dropped = Applied { rule: Rule::SameCue, kind: ChangeKind::Dropped, before: Some(Span::new(8, 11)), after: None };
        assert_eq!(last, Some(dropped));
    }

    #[test]
    fn what_stands_over_a_quotation_cuts_it_or_takes_its_place() {
        let annotated = Annotated::new("one two six ten");
        let mut made = Drafts::new(LabelledReading::new(&annotated.reading()));
        made.apply(Rule::Model, drafts(3));
        made.apply(Rule::SameCue, vec![Change::Join { into: 0, from: 1 }]);
        let found = Draft::by_layout(&[(Span::new(5, 15), 0)], None, None);
        let changes = put_over(&made.kept, vec![found]);
        made.apply(Rule::Turn, changes);
        let spans: Vec<Span> = made.kept.iter().map(Draft::span).collect();
        assert_eq!(spans, [Span::new(0, 3), Span::new(5, 15)]);
        assert_eq!(made.dropped.len(), 1);
    }
}
