//! What ends a run early: an error of sayso's, or a condition of R's such as an interrupt.

use sayso::Error;

#[derive(Debug)]
pub(crate) enum Stop {
    Sayso(Error),
    R(savvy::Error),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Sayso(error)
    }
}

impl From<savvy::Error> for Stop {
    fn from(error: savvy::Error) -> Self {
        Self::R(error)
    }
}

impl From<Stop> for savvy::Error {
    fn from(stop: Stop) -> Self {
        match stop {
            // R goes on with its own condition where the C code of the package hands it back.
            Stop::R(error) => error,
            Stop::Sayso(error) => match error.hint() {
                Some(hint) => Self::new(format!("{error}\nhint: {hint}")),
                None => Self::new(error),
            },
        }
    }
}
