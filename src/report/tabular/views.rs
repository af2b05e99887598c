//! The questions that are asked first, as views of the database. Each adds up counts that stand in tables and finds nothing by itself.

/// Each view with its query.
pub(super) const VIEWS: [(&str, &str); 9] = [
    // Who is quoted most: persons over the run, bodies and documents by name.
    (
        "most_quoted",
        "SELECT coalesce(p.person, q.speaker) AS speaker, q.person_id, q.speaker_kind, max(q.role) AS role, max(q.affiliation) AS affiliation, \
         count(*) AS quotes, count(DISTINCT q.article_id) AS articles \
         FROM quotes q LEFT JOIN people p ON p.person_id = q.person_id \
         WHERE q.speaker_kind IN ('person', 'organization', 'document') \
         GROUP BY q.speaker_kind, coalesce(q.person_id, q.speaker) ORDER BY quotes DESC, speaker",
    ),
    // What kinds of sources are heard.
    (
        "speaker_classes",
        "SELECT coalesce(speaker_class, 'not told') AS speaker_class, count(*) AS quotes, count(DISTINCT person_id) AS people, \
         count(DISTINCT article_id) AS articles FROM quotes GROUP BY 1 ORDER BY quotes DESC, 1",
    ),
    // Which theme got how much.
    (
        "theme_shares",
        "SELECT theme_id, theme, count AS words, total AS words_total, share, share_low, share_high FROM theme_summary WHERE measure = 'words' \
         ORDER BY words DESC, theme_id",
    ),
    // Who speaks on what.
    (
        "theme_speakers",
        "SELECT t.theme_id, t.theme, coalesce(p.person, t.speaker) AS speaker, t.person_id, t.speaker_kind, sum(t.quotes) AS quotes, \
         sum(t.words) AS words FROM theme_by_speaker t LEFT JOIN people p ON p.person_id = t.person_id WHERE t.speaker_id IS NOT NULL \
         GROUP BY t.theme_id, t.speaker_kind, coalesce(t.person_id, t.speaker) ORDER BY t.theme_id, quotes DESC, speaker",
    ),
    // Who is missing: quotations on a theme by the kind of speaker, zeros too where all combinations are there.
    (
        "theme_speaker_kinds",
        "SELECT theme_id, theme, speaker_kind, sum(count) AS quotes FROM theme_coverage_long WHERE measure = 'quotes' \
         GROUP BY theme_id, speaker_kind ORDER BY theme_id, speaker_kind",
    ),
    // The same by the class of speaker.
    (
        "theme_speaker_classes",
        "SELECT theme_id, theme, speaker_class, sum(count) AS quotes FROM theme_coverage_long WHERE measure = 'quotes' \
         GROUP BY theme_id, speaker_class ORDER BY theme_id, speaker_class",
    ),
    // How coverage goes over time: a month's share of words over all outlets.
    (
        "theme_months",
        "SELECT t.month, t.theme_id, t.theme, sum(t.words) AS words, m.words AS words_total, 1.0 * sum(t.words) / nullif(m.words, 0) AS share \
         FROM theme_timeline t JOIN (SELECT month, sum(total) AS words FROM theme_totals WHERE measure = 'words' GROUP BY month) m \
         ON m.month IS t.month GROUP BY t.month, t.theme_id ORDER BY t.month, t.theme_id",
    ),
    // What outlets give most room to.
    (
        "theme_outlets",
        "SELECT t.outlet, t.theme_id, t.theme, sum(t.words) AS words, m.words AS words_total, 1.0 * sum(t.words) / nullif(m.words, 0) AS share \
         FROM theme_timeline t JOIN (SELECT outlet, sum(total) AS words FROM theme_totals WHERE measure = 'words' GROUP BY outlet) m \
         ON m.outlet IS t.outlet GROUP BY t.outlet, t.theme_id ORDER BY t.outlet, words DESC, t.theme_id",
    ),
    // What was not analysed, and why.
    ("not_analysed", "SELECT article_id, path, place, status, note FROM articles WHERE status <> 'analysed' ORDER BY path, place"),
];
