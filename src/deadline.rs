//! Until when an article may take: a promise that stages look at between their steps, as no thread can be stopped from outside.

use std::time::{Duration, Instant};

use crate::{Error, ErrorKind, Result};

/// The moment after which an article is given up; never by default.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Deadline(Option<(Instant, Duration)>);

impl Deadline {
    /// Ends `limit` from now; never without one.
    pub(crate) fn after(limit: Option<Duration>) -> Self {
        Self(limit.and_then(|limit| Some((Instant::now().checked_add(limit)?, limit))))
    }

    /// Fails once the time is over, and says what was left undone.
    pub(crate) fn check_before(self, step: &str) -> Result<()> {
        match self.0 {
            Some((end, limit)) if Instant::now() >= end => {
                let error = Error::new(ErrorKind::Timeout(format!("took longer than {} s: given up before {step}", limit.as_secs_f64())));
                Err(error.with_hint("raise --article-timeout, or leave the article out"))
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_when_the_time_is_over() {
        assert!(Deadline::default().check_before("themes").is_ok());
        assert!(Deadline::after(Some(Duration::MAX)).check_before("themes").is_ok());
        assert!(Deadline::after(Some(Duration::from_hours(1))).check_before("themes").is_ok());
        let error = Deadline::after(Some(Duration::ZERO)).check_before("themes").unwrap_err();
        assert_eq!(error.to_string(), "took longer than 0 s: given up before themes");
    }
}
