//! Which speakers are missing or described otherwise.

use super::article::{Article, RoleOut, SpeakerOut};
use super::compare::Difference;
use super::format::{OneOrMore, SpeakerWanted};
use super::plain::{is_same_name, plain};

/// A speaker that no speaker of the article fits.
pub(super) fn missing(article: &Article, wanted: &SpeakerWanted) -> Option<Difference> {
    let is_named = |speaker: &&SpeakerOut| wanted.name.as_ref().is_none_or(|names| is_same_name(names.iter(), Some(&speaker.name)));
    let found: Vec<&SpeakerOut> = article.speakers.iter().filter(is_named).collect();
    if found.iter().any(|speaker| faults(wanted, speaker).is_empty()) {
        return None;
    }
    let got = if found.is_empty() { article.speakers.iter().collect() } else { found };
    Some(Difference::new(shown_wanted(wanted), all_shown(&got)))
}

/// Where the speakers of the article are not these, in this order.
pub(super) fn unlike(article: &Article, wanted: &[SpeakerWanted]) -> Vec<Difference> {
    let speakers: Vec<&SpeakerOut> = article.speakers.iter().collect();
    if speakers.len() != wanted.len() {
        let expected: Vec<String> = wanted.iter().map(shown_wanted).collect();
        return vec![Difference::new(format!("{} speakers in all: {}", wanted.len(), expected.join("; ")), all_shown(&speakers))];
    }
    let pairs = wanted.iter().zip(speakers).filter_map(|(wanted, speaker)| {
        let mut wrong = faults(wanted, speaker);
        wrong.extend(wanted.name.as_ref().filter(|names| names.iter().all(|name| name != speaker.name)).map(|_| "name"));
        (!wrong.is_empty()).then(|| Difference::new(shown_wanted(wanted), format!("{} (wrong: {})", shown(speaker), wrong.join(", "))))
    });
    pairs.collect()
}

/// What about a speaker is not as wanted, but for the name.
fn faults(wanted: &SpeakerWanted, speaker: &SpeakerOut) -> Vec<&'static str> {
    let has_role = (wanted.role.is_none() && wanted.affiliation.is_none()) || speaker.roles.iter().any(|role| is_role(wanted, role));
    let has_roles = |roles: &Vec<String>| speaker.roles.iter().map(role_line).eq(roles.iter().cloned());
    let has_mentions = |mentions: &Vec<String>| speaker.mentions.iter().map(|mention| &mention.text).eq(mentions);
    let checks = [
        ("kind", wanted.kind.as_ref().is_none_or(|kinds| kinds.iter().any(|kind| kind == speaker.kind))),
        ("role", has_role),
        ("roles", wanted.roles.as_ref().is_none_or(has_roles)),
        ("aliases", wanted.aliases.as_ref().is_none_or(|aliases| *aliases == speaker.aliases)),
        ("mentions", wanted.mentions.as_ref().is_none_or(has_mentions)),
        ("metonym", wanted.metonym.is_none_or(|metonym| metonym == speaker.metonym)),
    ];
    checks.into_iter().filter(|(_, holds)| !holds).map(|(name, _)| name).collect()
}

fn is_role(wanted: &SpeakerWanted, role: &RoleOut) -> bool {
    let has_words = |words: &OneOrMore| words.iter().any(|words| plain(&role.role).contains(&plain(words)));
    wanted.role.as_ref().is_none_or(has_words)
        && wanted.affiliation.as_ref().is_none_or(|bodies| is_same_name(bodies.iter(), role.affiliation.as_deref()))
}

/// `vice mayor @ Changzhou`; the role alone where it is held nowhere.
fn role_line(role: &RoleOut) -> String {
    match &role.affiliation {
        Some(body) => format!("{} @ {body}", role.role),
        None => role.role.clone(),
    }
}

fn all_shown(speakers: &[&SpeakerOut]) -> String {
    if speakers.is_empty() { "no speaker".to_owned() } else { speakers.iter().map(|speaker| shown(speaker)).collect::<Vec<_>>().join("; ") }
}

fn shown(speaker: &SpeakerOut) -> String {
    let head = format!("{} <{}>", speaker.name, speaker.kind);
    let roles: Vec<String> = speaker.roles.iter().map(role_line).collect();
    let mentions: Vec<String> = speaker.mentions.iter().map(|mention| mention.text.clone()).collect();
    let lists = [("roles", &roles), ("aliases", &speaker.aliases), ("mentions", &mentions)];
    let lists = lists.into_iter().filter(|(_, list)| !list.is_empty()).map(|(name, list)| format!("{name} {list:?}"));
    std::iter::once(head).chain(lists).chain(speaker.metonym.then(|| "metonym".to_owned())).collect::<Vec<_>>().join(", ")
}

fn shown_wanted(wanted: &SpeakerWanted) -> String {
    let list = |name: &str, list: &Option<Vec<String>>| list.as_ref().map(|list| format!("{name} {list:?}"));
    let parts = [
        wanted.name.as_ref().map(|names| format!("speaker {}", names.shown())),
        wanted.kind.as_ref().map(OneOrMore::shown),
        wanted.role.as_ref().map(|role| format!("role {}", role.shown())),
        wanted.affiliation.as_ref().map(|body| format!("at {}", body.shown())),
        list("roles", &wanted.roles),
        list("aliases", &wanted.aliases),
        list("mentions", &wanted.mentions),
        wanted.metonym.map(|metonym| if metonym { "metonym".to_owned() } else { "no metonym".to_owned() }),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
