//! The world region of an article of Worldwide English, by how its file's name begins (`kr_kherald_1`).

/// China and Taiwan stand apart; the other regions are those of Shan et al. (EMNLP 2023).
#[rustfmt::skip]
const REGIONS: [(&str, &[&str]); 7] = [
    ("China", &["cn"]),
    ("Taiwan", &["tw"]),
    ("other Asia", &["asia", "bangladesh", "in", "jp", "kr", "mong", "my", "pk", "th"]),
    ("Africa", &["af", "afs", "alg", "eg", "et", "ghana", "kenya", "mauritius", "nm", "panaf", "sa"]),
    ("Middle East", &["iran", "israel", "jr", "kw", "oman", "qt", "saud", "uae"]),
    ("Latin America", &[
        "arg", "bol", "chile", "col", "cosric", "cuba", "ecuador", "elsalv", "guyana", "hond", "mex", "nic", "pan", "paraguay", "peru",
        "uruguay", "ven",
    ]),
    ("Oceania, Canada", &["aus", "canada", "nz"]),
];

/// The region of the article with this name; empty where the name says nothing.
pub(super) fn region(name: &str) -> &'static str {
    let prefix = name.split('_').next().unwrap_or_default();
    REGIONS.iter().find(|(_, prefixes)| prefixes.contains(&prefix)).map_or("", |(region, _)| *region)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_their_region() {
        let cases =
            [("cn_article_x_1", "China"), ("tw_x_2", "Taiwan"), ("nm_3", "Africa"), ("in_x_4", "other Asia"), ("cnn_1", ""), ("", "")];
        for (name, expected) in cases {
            assert_eq!(region(name), expected, "{name}");
        }
    }
}
