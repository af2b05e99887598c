//! The policy of a page: it fetches nothing and runs nothing but its own script.
//!
//! A page opened from a disk has no server to send headers, so the policy stands in the page, before everything else. Scripts and styles are
//! allowed by the hash of their text: whatever an article might smuggle in has another.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

/// The policy for a page with these scripts and these style sheets, as the `content` of a `<meta http-equiv="Content-Security-Policy">`.
pub(super) fn policy(scripts: &[&str], styles: &[&str]) -> String {
    let hashes = |texts: &[&str]| {
        let hashes = texts.iter().map(|text| format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(text.as_bytes()))));
        hashes.collect::<Vec<_>>().join(" ")
    };
    let (scripts, styles) = (hashes(scripts), hashes(styles));
    format!(
        "default-src 'none'; script-src {scripts}; style-src {styles}; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; \
         trusted-types 'none'"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn allows_a_text_by_its_hash() {
        // The hash of the empty text is well known.
        let empty = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";
        let policy = policy(&[""], &[]);
        assert!(policy.starts_with(&format!("default-src 'none'; script-src {empty}; style-src ;")), "{policy}");
        assert!(!policy.contains("unsafe") && !policy.contains("http"));
    }
}
