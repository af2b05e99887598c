//! The rules by name: every step that makes a quotation, moves its borders, chooses its links, joins or drops it.

use serde::{Deserialize, Serialize};

/// Makes the enum with the list of its variants and their names, so that no rule can be missing from either.
macro_rules! rules {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)*) => {
        /// A step on the way to a quotation, in the order in which the steps are taken.
        ///
        /// In the examples, the model's contents stand in square brackets.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[non_exhaustive]
        pub enum Rule { $($(#[$doc])* $variant,)* }

        impl Rule {
            /// All rules, in their order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The name in reports, such as `whole-marks`.
            ///
            /// ```
            /// assert_eq!(sayso::quotes::Rule::WholeMarks.name(), "whole-marks");
            /// ```
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }
        }
    };
}

rules! {
    /// Finds what the model labels as content, with the source and the cue it links to it.
    ///
    /// ```text
    /// [The quay will close], Ana Lind said.
    /// content: The quay will close · cue: said · source: Ana Lind
    /// ```
    Model = "model",
    /// Takes punctuation off the borders of sources and cues.
    ///
    /// ```text
    /// According to the port authority, [traffic fell].
    /// source: the port authority,   →   the port authority
    /// ```
    BareLabels = "bare-labels",
    /// Makes one content of two that the model broke.
    ///
    /// ```text
    /// [“We came early.] [We left late,”] she said.
    /// one content: “We came early. We left late,”
    /// ```
    Rejoined = "rejoined",
    /// Takes stray commas, colons, dashes and full stops off the borders of contents.
    ///
    /// ```text
    /// [The ferry will run,] said Ana Lind.
    /// content: The ferry will run
    /// ```
    BareContents = "bare-contents",
    /// Gives a content both of its quotation marks, or none.
    ///
    /// ```text
    /// “[The ferry will run],” said Ana Lind.
    /// content: “The ferry will run,”
    /// ```
    WholeMarks = "whole-marks",
    /// Ends a content at the closing mark that ends its sentence, where it goes on into the next one.
    ///
    /// ```text
    /// Ana Lind said [the firm “did its part.” Gov. Bo Dahl left].
    /// content: the firm “did its part.”
    /// ```
    PastMarks = "past-marks",
    /// Drops a content in which no word is left.
    ///
    /// ```text
    /// Ana Lind said[:] nobody knows its age.
    /// no quotation of the colon
    /// ```
    Wordless = "wordless",
    /// Finds a sentence in marks that the model passed over, beside a word of saying.
    ///
    /// ```text
    /// “The ferry will run again in May,” said Ana Lind.
    /// content: all in marks · said and Ana Lind are labelled for the rules that link
    /// ```
    MissedSentence = "missed-sentence",
    /// Finds paragraphs that each open a mark, of which only the last one closes it.
    ///
    /// ```text
    /// “We came early. We slept on the quay.
    /// “We left late.”   both paragraphs are quoted, though nothing beside them says so
    /// ```
    OpenSpeech = "open-speech",
    /// Finds a sentence with *according to* and a name that the model passed over.
    ///
    /// ```text
    /// The quay is safe, according to Ana Lind.
    /// content: The quay is safe · cue: according to · source: Ana Lind
    /// ```
    AccordingTo = "according-to",
    /// Chooses the verb and speaker right behind a quotation in marks, whatever the verb, over links to elsewhere.
    ///
    /// ```text
    /// [“The river was always low,”] snorts Ana Lind.
    /// cue: snorts · source: Ana Lind
    /// ```
    Tag = "tag",
    /// Chooses the cue of the quotation before in the paragraph, where nothing but that one's tag stands between the two.
    ///
    /// ```text
    /// “I lost the house,” says Ana Lind. [“Nobody rang.”] Her neighbour nods.
    /// cue: says · source: Ana Lind
    /// ```
    GoesOn = "goes-on",
    /// Takes away a cue and source in another paragraph, where the marks are closed or the quotation's own paragraph names its speaker.
    ///
    /// ```text
    /// [“The fourth is money.”]
    /// “You are an optimist,” said Bo Dahl.   not the cue of the first
    /// ```
    OtherParagraph = "other-paragraph",
    /// Drops a sentence behind an attributed one that has no attribution of its own.
    ///
    /// ```text
    /// The harbour froze, officials said. [Boats were stuck for a week.]
    /// no quotation
    /// ```
    LaterNarrative = "later-narrative",
    /// Chooses the nearest free cue, or the one that interrupts the quotation, for a content without one.
    ///
    /// ```text
    /// “The ferry,” Ana Lind said, [“will run again.”]
    /// cue: said, as that of “The ferry,”
    /// ```
    NearestCue = "nearest-cue",
    /// Chooses the cue of the paragraph before, where that ends with a colon.
    ///
    /// ```text
    /// Ana Lind went on:
    /// [“The ferry will run again in May.”]   cue: went on
    /// ```
    LeadIn = "lead-in",
    /// Chooses the cue of the content's own sentence over one that another sentence shares with it.
    ///
    /// ```text
    /// “We came,” she said. [We left], she added.
    /// cue of We left: added, not said
    /// ```
    OwnSentence = "own-sentence",
    /// Gives the first paragraphs of a quotation that goes on the cue and source of the last one.
    ///
    /// ```text
    /// [“We came early.]
    /// [“We left late,”] Ana Lind said.   both have the cue said
    /// ```
    CarriedLinks = "carried-links",
    /// Chooses whoever acts beside a quotation in marks that has neither cue nor source.
    ///
    /// ```text
    /// [“Nobody has signed.”] Lind shook her head.
    /// source: Lind
    /// ```
    Beat = "beat",
    /// Finds the first part of an indirect content that its attribution interrupts.
    ///
    /// ```text
    /// In winter, she argued, [every quay is empty].
    /// content: In winter ‖ every quay is empty
    /// ```
    Interrupted = "interrupted",
    /// Drops a few words in marks that nobody is said to say.
    ///
    /// ```text
    /// The so-called [“blue economy”] is growing.
    /// no quotation
    /// ```
    Term = "term",
    /// Drops a theme, motto or title that the word before its marks announces.
    ///
    /// ```text
    /// They met under the theme [“Water for All Who Live Here”].
    /// no quotation
    /// ```
    Announced = "announced",
    /// Drops the title of a work that somebody sang, played or published.
    ///
    /// ```text
    /// Joe Tan sang [“When the Ferry Comes Home”].
    /// no quotation
    /// ```
    WorkTitle = "work-title",
    /// Drops what a notice at the head of its paragraph introduces.
    ///
    /// ```text
    /// Note: [“The timetable may change without notice.”]
    /// no quotation
    /// ```
    Notice = "notice",
    /// Joins the contents of one cue.
    ///
    /// ```text
    /// [“The ferry,”] Ana Lind said, [“will run again.”]
    /// content: “The ferry,” ‖ “will run again.”
    /// ```
    SameCue = "same-cue",
    /// Finds quotations behind a speaker's name and a colon or dash, and gives that source to those that have none.
    ///
    /// ```text
    /// - Ana Lind, Minister of Ports: “The new ferry is a promise kept.”
    /// source: Ana Lind, Minister of Ports
    /// ```
    SpeakerLabel = "speaker-label",
    /// Finds quotations before a dash and a speaker's name, and gives that source to those that have none.
    ///
    /// ```text
    /// “The new ferry is a promise kept.” — Ana Lind, Minister of Ports
    /// source: Ana Lind, Minister of Ports
    /// ```
    Signature = "signature",
    /// Joins the paragraphs of a quotation that opens a mark in each and closes only the last, and finds those that nothing labels.
    ///
    /// ```text
    /// Ana Lind said: [“We came early.]
    /// “We left late.”   belongs to it
    /// ```
    CarriedOn = "carried-on",
    /// Chooses whoever acts in the paragraph before a quotation that fills its paragraph and has neither cue nor source.
    ///
    /// ```text
    /// Ana Lind took the microphone.
    /// [“The bridge stays shut.”]   source: Ana Lind
    /// ```
    Scene = "scene",
    /// Takes away a source that is spoken to.
    ///
    /// ```text
    /// [“It will run,”] he shouted to the crowd.
    /// source: not the crowd
    /// ```
    Addressee = "addressee",
    /// Takes away a source that stands in a later sentence than cue and content.
    ///
    /// ```text
    /// It was said that [the quay is old]. Ana Lind left.
    /// source: not Ana Lind
    /// ```
    LaterSentence = "later-sentence",
    /// Takes away a source of another paragraph, where cue and content stand together in reported speech.
    ///
    /// ```text
    /// Bo Dahl nodded.
    /// The port authority, a body of the state, on Monday said [the quay would close].   not Bo Dahl
    /// ```
    FarSource = "far-source",
    /// Chooses the source right beside the cue over one further off.
    ///
    /// ```text
    /// Ana Lind left and Bo Dahl said [the ferry would run].
    /// source: Bo Dahl, not Ana Lind
    /// ```
    BesideCue = "beside-cue",
    /// Chooses the free source beside the cue, or the only free one of the sentence, for a quotation without one.
    ///
    /// ```text
    /// [The quay was closed], Bo Dahl said.
    /// source: Bo Dahl
    /// ```
    FreeSource = "free-source",
    /// Chooses the source beside the cue although it is another quotation's as well.
    ///
    /// ```text
    /// [The quay is old], said Bo Dahl, who added [that it is wet].
    /// source of added: Bo Dahl
    /// ```
    SharedSource = "shared-source",
    /// Chooses the source of the main clause for a participial cue.
    ///
    /// ```text
    /// Bo Dahl said [the quay was closed], adding [that repairs would take a year].
    /// source of adding: Bo Dahl
    /// ```
    MainClause = "main-clause",
    /// Makes one content of a passive without a source and the content around it.
    ///
    /// ```text
    /// [Such a step] is expected [to calm the islanders], Ana Lind said.
    /// content: Such a step is expected to calm the islanders
    /// ```
    NestedPassive = "nested-passive",
    /// Drops a thing that a passive says somebody made.
    ///
    /// ```text
    /// [The plan] was first proposed by Ana Lind in May.
    /// no quotation
    /// ```
    MadeThing = "made-thing",
    /// Drops a noun phrase that somebody only spoke about.
    ///
    /// ```text
    /// The panel discussed [child labour].
    /// no quotation
    /// ```
    Topic = "topic",
    /// Drops a noun phrase before a relative clause without its *that*.
    ///
    /// ```text
    /// [One of the plans] Ana Lind submitted is about the quay.
    /// no quotation
    /// ```
    RelativeClause = "relative-clause",
    /// Drops what a verb only says something is or has gone through.
    ///
    /// ```text
    /// They stand as [the backbone of the port].
    /// no quotation
    /// ```
    Copula = "copula",
    /// Finds headlines that say who says what with a colon.
    ///
    /// ```text
    /// Lind: Ferry will run by May
    /// content: Ferry will run by May · source: Lind
    /// ```
    Headline = "headline",
    /// Finds what the file's markup sets off as a quotation, in place of all that was found inside it.
    ///
    /// ```text
    /// The mayor wrote in her letter:
    /// > We will not wait for another winter.
    /// ```
    BlockQuotation = "block-quotation",
    /// Finds the turns of a transcript, each in place of all that was found inside it.
    ///
    /// ```text
    /// Q: When will the ferry run?
    /// MS. LIND: In May. I promise.
    /// ```
    Turn = "turn",
    /// Drops an indirect content that the model doubts, and whose cue is no known word of saying, writing or thinking.
    ///
    /// ```text
    /// The agency has implemented [an audit].
    /// no quotation
    /// ```
    UnknownCue = "unknown-cue",
    /// Drops an indirect content that the model doubts and nobody is said to say.
    ///
    /// ```text
    /// Asked [about the quay], officials left.
    /// no quotation
    /// ```
    Unsaid = "unsaid",
}
