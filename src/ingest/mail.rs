//! Letters (EML) and mailboxes (mbox): one article a letter, such as alerts and newsletters.

use std::io::BufReader;

use mail_parser::mailbox::mbox::MessageIterator;
use mail_parser::{Address, Message, MessageParser};

use super::ReadOptions;
use super::bounded::{Allowance, Bounded};
use super::format::{Each, Format, Input, Likelihood, Place, RawArticle};
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

    fn read(&self, input: Input<'_>, options: &ReadOptions, each: Each<'_>) -> Result<()> {
        let shown = input.shown;
        let bytes = input.bytes(options.max_file_bytes)?;
        let _ = each(article(&bytes, shown, Place::Whole, options)); // there is one
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
            if each(article(message.contents(), shown, Place::Part(number), options)).is_break() {
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

fn article(bytes: &[u8], shown: &str, place: Place, options: &ReadOptions) -> Result<RawArticle> {
    let broken = |what: &str| {
        let error = Error::new(ErrorKind::Input(what.to_owned()));
        if place == Place::Whole { error } else { error.at(place.to_string()) }
    };
    let message = MessageParser::default().parse(bytes).ok_or_else(|| broken("no letter"))?;
    let mut article = body(&message, shown, options).ok_or_else(|| broken("the letter has no text"))?;
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
    Ok(article)
}

/// The text of a letter: the plain one where there is one that says as much as the HTML.
fn body(message: &Message<'_>, shown: &str, options: &ReadOptions) -> Option<RawArticle> {
    let html = message.html_bodies().find(|part| part.is_text_html()).and_then(|part| part.text_contents());
    let plain: Vec<&str> = message.text_bodies().filter(|part| !part.is_text_html()).filter_map(|part| part.text_contents()).collect();
    let plain = plain.join("\n\n");
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
