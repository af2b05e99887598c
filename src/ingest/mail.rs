//! Letters (EML) and mailboxes (mbox): one article a letter, such as alerts and newsletters.

use std::io::BufReader;
use std::ops::ControlFlow;

use mail_parser::mailbox::mbox::MessageIterator;
use mail_parser::{Address, Message, MessageParser};

use super::ReadOptions;
use super::bounded::{Allowance, Bounded};
use super::format::{Each, Format, HEAD, Input, Likelihood, Place, RawArticle};
use super::formats::by_name;
use super::fragment;
use super::plain::ending;
use crate::{Error, ErrorKind, Result};

/// One letter.
#[derive(Debug)]
pub(super) struct Letter;

/// Many letters.
#[derive(Debug)]
pub(super) struct Mailbox;

impl Format for Letter {
    fn name(&self) -> &'static str {
        "eml"
    }

    fn recognizes(&self, head: &[u8], name: &str) -> Likelihood {
        match ending(name) {
            "eml" => Likelihood::ByName,
            _ if has_headers(head) => Likelihood::ByContent,
            _ => Likelihood::No,
        }
    }

    /// Databases send their exports by mail.
    fn is_collection(&self) -> bool {
        true
    }

    fn read(&self, input: Input<'_>, options: &ReadOptions, each: Each<'_>) -> Result<()> {
        let shown = input.shown;
        let bytes = input.bytes(options.max_file_bytes)?;
        let _ = hand_on(&bytes, shown, &Place::Whole, options, each);
        Ok(())
    }
}

impl Format for Mailbox {
    fn name(&self) -> &'static str {
        "mbox"
    }

    fn recognizes(&self, head: &[u8], name: &str) -> Likelihood {
        let after = head.strip_prefix(b"From ").and_then(|rest| rest.split(|&byte| byte == b'\n').nth(1));
        match ending(name) {
            _ if after.is_some_and(|line| line.contains(&b':')) => Likelihood::ByContent,
            "mbox" => Likelihood::ByName,
            _ => Likelihood::No,
        }
    }

    fn is_collection(&self) -> bool {
        true
    }

    fn read(&self, input: Input<'_>, options: &ReadOptions, each: Each<'_>) -> Result<()> {
        let shown = input.shown;
        let allowance = Allowance::default();
        let reader = BufReader::new(Bounded::new(input.reader(), &allowance, "a letter"));
        let mut count = 0;
        for (number, message) in (1..).zip(MessageIterator::new(reader)) {
            allowance.renew();
            let message = message.map_err(ErrorKind::Read)?;
            count = number;
            if hand_on(message.contents(), shown, &Place::Part(number), options, each).is_break() {
                break;
            }
        }
        if count == 0 { Err(Error::new(ErrorKind::Input("holds no letter".to_owned()))) } else { Ok(()) }
    }
}

/// Whether a file begins as a letter does: with lines of headers, two of which every letter has.
fn has_headers(head: &[u8]) -> bool {
    let head = String::from_utf8_lossy(head.get(..head.len().min(8192)).unwrap_or_default()).replace("\r\n", "\n");
    let Some((headers, _)) = head.split_once("\n\n") else { return false };
    let is_header = |line: &str| {
        line.starts_with([' ', '\t'])
            || line.split_once(':').is_some_and(|(name, _)| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'))
    };
    let has = |name: &str| headers.lines().any(|line| line.to_lowercase().starts_with(name));
    headers.lines().all(is_header) && has("from:") && has("subject:") && (has("mime-version:") || has("message-id:") || has("received:"))
}

/// Gives the article of a letter, or those of the export that it brings.
fn hand_on(bytes: &[u8], shown: &str, place: &Place, options: &ReadOptions, each: Each<'_>) -> ControlFlow<()> {
    let broken = |what: &str| {
        let error = Error::new(ErrorKind::Input(what.to_owned()));
        if *place == Place::Whole { error } else { error.at(place.to_string()) }
    };
    let Some(message) = MessageParser::default().parse(bytes) else { return each(Err(broken("no letter"))) };
    let Some(found) = exported(&message, shown, options) else {
        return each(article(&message, shown, place.clone(), options).ok_or_else(|| broken("the letter has no text")));
    };
    for found in found {
        let inside = |mut article: RawArticle| {
            if *place != Place::Whole {
                article.place = Place::Member(place.to_string(), Box::new(article.place));
            }
            article
        };
        if each(found.map(inside)).is_break() {
            return ControlFlow::Break(());
        }
    }
    ControlFlow::Continue(())
}

/// The articles of the export that a letter's body is.
fn exported(message: &Message<'_>, shown: &str, options: &ReadOptions) -> Option<Vec<Result<RawArticle>>> {
    let html = message.html_bodies().find(|part| part.is_text_html()).and_then(|part| part.text_contents()).unwrap_or_default();
    let plain = plain(message);
    // The letter has been decoded.
    let options = ReadOptions { encoding: None, ..options.clone() };
    [("database-txt", plain.as_str()), ("database-html", html)].into_iter().find_map(|(name, text)| {
        let (format, bytes) = (by_name(name)?, text.as_bytes());
        let mut found = Vec::new();
        if format.recognizes(bytes.get(..HEAD.min(bytes.len()))?, "") >= Likelihood::ByContent {
            let read = format.read(Input::of_bytes(shown, bytes), &options, &mut |article| {
                found.push(article);
                ControlFlow::Continue(())
            });
            read.ok()?;
        }
        (!found.is_empty()).then_some(found)
    })
}

fn article(message: &Message<'_>, shown: &str, place: Place, options: &ReadOptions) -> Option<RawArticle> {
    let mut article = body(message, shown, options)?;
    article.note_metadata("title", message.subject().unwrap_or_default());
    article.note_metadata(
        "date",
        &message.date().map(|date| format!("{:04}-{:02}-{:02}", date.year, date.month, date.day)).unwrap_or_default(),
    );
    let from = message.from().and_then(Address::first).map(|from| from.name().or(from.address()).unwrap_or_default().to_owned());
    article.note_metadata("from", &from.unwrap_or_default());
    article.note_metadata("message_id", message.message_id().unwrap_or_default());
    let attachments = message.attachment_count();
    article.notes.extend((attachments > 0).then(|| format!("{attachments} attachments left out")));
    article.place = place;
    Some(article)
}

/// The parts of a letter that are plain text.
fn plain(message: &Message<'_>) -> String {
    let parts: Vec<&str> = message.text_bodies().filter(|part| !part.is_text_html()).filter_map(|part| part.text_contents()).collect();
    parts.join("\n\n")
}

/// The text of a letter: the plain one where there is one that says as much as the HTML.
fn body(message: &Message<'_>, shown: &str, options: &ReadOptions) -> Option<RawArticle> {
    let html = message.html_bodies().find(|part| part.is_text_html()).and_then(|part| part.text_contents());
    let plain = plain(message);
    let from_html = html.map(|html| {
        if fragment::is_page(html) {
            fragment::page(html, shown, options)
        } else {
            RawArticle::new(fragment::text(html), "mail: HTML body")
        }
    });
    match from_html {
        Some(article) if plain.trim().len() * 2 < article.text.len() => Some(article),
        _ if !plain.trim().is_empty() => Some(RawArticle::new(plain, "mail: plain body")),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{articles, failures};
    use super::*;

    #[test]
    fn an_export_that_comes_by_mail_is_split() {
        let part = |number: usize| {
            format!(
                "____________________________________________________________\r\n\r\nQuay {number} closes\r\n\r\n\
                 Publication title: Example Times\r\n\r\nPublication date: Mar {number}, 2026\r\n\r\nProQuest document ID: 90{number}\r\n\r\n\
                 Full text: The council will close quay {number} in March, it said on Monday.\r\n\r\nDatabase: Example Newsstream\r\n\r\n"
            )
        };
        let head = "From: ProQuest <no-reply@example.org>\r\nSubject: Your documents\r\nMessage-ID: <2@example.org>\r\n\
            MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n";
        let letter = format!("{head}{}{}", part(1), part(2));
        let found = articles(&Letter, letter.as_bytes(), "a.eml", &ReadOptions::default());
        let shown: Vec<(String, &str)> =
            found.iter().map(|article| (article.place.to_string(), article.metadata.get("outlet").map_or("", String::as_str))).collect();
        assert_eq!(shown, [("part 1".to_owned(), "Example Times"), ("part 2".to_owned(), "Example Times")]);
        assert!(found[0].text.contains("close quay 1") && !found[0].text.contains("quay 2"));
        let mailbox = format!("From a Mon Sep 12 08:00:00 2016\n{}\n", letter.replace("\r\n", "\n"));
        let places: Vec<String> = articles(&Mailbox, mailbox.as_bytes(), "a.mbox", &ReadOptions::default())
            .iter()
            .map(|article| article.place.to_string())
            .collect();
        assert_eq!(places, ["part 1, part 1", "part 1, part 2"]);
    }

    const LETTER: &str = "From: Ferry Post <news@example.org>\r\nSubject: =?utf-8?Q?Fares_rise_=E2=80=93_again?=\r\n\
        Date: Mon, 12 Sep 2016 08:00:00 +0000\r\nMessage-ID: <1@example.org>\r\nMIME-Version: 1.0\r\n\
        Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=E2=80=9CNo,=E2=80=9D she said.\r\n";

    #[test]
    fn reads_letters_and_mailboxes() {
        let options = ReadOptions::default();
        let found = articles(&Letter, LETTER.as_bytes(), "a.eml", &options);
        assert_eq!((found[0].text.trim(), found[0].rule.as_ref()), ("“No,” she said.", "mail: plain body"));
        let known: Vec<Option<&str>> =
            ["title", "date", "from"].iter().map(|&key| found[0].metadata.get(key).map(String::as_str)).collect();
        assert_eq!(known, [Some("Fares rise – again"), Some("2016-09-12"), Some("Ferry Post")]);
        let box_ = format!("From a@b Mon Sep 12 08:00:00 2016\n{LETTER}\nFrom a@b Mon Sep 12 08:00:00 2016\n{LETTER}");
        let found = articles(&Mailbox, box_.as_bytes(), "a.mbox", &options);
        assert_eq!(found.iter().map(|article| article.place.to_string()).collect::<Vec<_>>(), ["part 1", "part 2"]);
        assert_eq!(Mailbox.recognizes(box_.as_bytes(), "inbox"), Likelihood::ByContent);
        assert_eq!(Letter.recognizes(LETTER.as_bytes(), "a.txt"), Likelihood::ByContent);
        assert_eq!(Letter.recognizes(b"From: Bo\nSubject: tides\n\nText", "a.txt"), Likelihood::No);
        assert_eq!(failures(&Mailbox, b"", "a.mbox", &options), ["holds no letter"]);
        assert_eq!(failures(&Letter, b"", "a.eml", &options).len(), 1);
    }
}
