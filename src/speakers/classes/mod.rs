//! What kind of source a speaker is in public debate: official, politician, expert, business …, as studies of source diversity code it.
//!
//! A table says it of the words of roles and bodies, and people can edit it: `sayso speaker-classes > mine.csv`, then `--speaker-classes
//! mine.csv`. The longest words of the table that a role holds decide; a role that yields (*president*, *director*) leaves it to its body
//! where the table knows that. The first role that tells anything decides; whoever has none is not classed.

mod table;

use serde::{Deserialize, Serialize};

pub use table::SpeakerClasses;

/// Makes the classes of one table: variant, name in reports, what it holds.
macro_rules! classes {
    ($($variant:ident $name:literal $says:literal;)*) => {
        /// What kind of source a speaker is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum SpeakerClass {
            $(#[doc = $says] $variant,)*
        }

        impl SpeakerClass {
            /// All classes.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The name in reports.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }
        }
    };
}

classes! {
    Official "official" "Whoever serves a state or an international body: civil servants, police, judges, soldiers, diplomats; and such bodies.";
    Politician "politician" "Whoever is elected, or wants to be, or governs; parties and parliaments.";
    Expert "expert" "Scientists, physicians, lawyers, analysts; universities, hospitals, institutes.";
    Business "business" "Entrepreneurs, managers, bankers; companies and their associations.";
    CivilSociety "civil-society" "Activists, unions, churches, aid workers; charities and associations.";
    Media "media" "Journalists and their media.";
    Citizen "citizen" "Whoever speaks for nobody else: residents, workers, witnesses, artists.";
    Body "body" "A body of which the table knows no more.";
    Document "document" "A report, law, letter or other text.";
    Unnamed "unnamed" "Whom the article does not name, where their phrase tells no more.";
}

impl SpeakerClass {
    /// The class of this name, in any case, with a space or a hyphen.
    pub fn from_name(name: &str) -> Option<Self> {
        let name = name.trim().to_lowercase().replace(' ', "-");
        Self::ALL.iter().copied().find(|class| class.name() == name)
    }
}
