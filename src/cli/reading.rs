//! Options of reading articles, the same for every command that reads them.

use clap::Args;
use sayso::ReadOptions;

/// How articles are read.
#[derive(Debug, Clone, Args)]
pub(crate) struct ReadArgs {
    /// The articles' encoding, such as windows-1252; without it, it is detected
    #[arg(long, value_name = "NAME")]
    pub(crate) encoding: Option<String>,

    /// The largest file to read, in bytes or as 500K, 2M or 1G [default: 1M]
    #[arg(long, value_name = "SIZE", value_parser = size)]
    max_bytes: Option<u64>,
}

impl ReadArgs {
    /// The options of the library.
    pub(crate) fn options(&self) -> sayso::Result<ReadOptions> {
        let mut options = self.encoding.as_deref().map_or_else(|| Ok(ReadOptions::default()), ReadOptions::with_encoding)?;
        options.max_bytes = self.max_bytes.unwrap_or(options.max_bytes);
        Ok(options)
    }
}

/// Reads `1500`, `500K`, `2M` or `1G`, in steps of 1024.
fn size(text: &str) -> Result<u64, &'static str> {
    let upper = text.trim().to_ascii_uppercase();
    let digits = upper.trim_end_matches('B').trim_end_matches('I');
    let units = [("K", 1 << 10), ("M", 1 << 20), ("G", 1_u64 << 30)];
    let (digits, unit) = units.iter().find_map(|(name, unit)| Some((digits.strip_suffix(*name)?, *unit))).unwrap_or((digits, 1));
    let bytes = digits.trim().parse::<u64>().ok().and_then(|number| number.checked_mul(unit)).filter(|bytes| *bytes > 0);
    bytes.ok_or("sizes are numbers of bytes such as 1500, 500K, 2M or 1G")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_units() {
        for (text, expected) in [("1500", 1500), ("500K", 512_000), ("2m", 2 << 20), ("1 GB", 1 << 30), ("3MiB", 3 << 20)] {
            assert_eq!(size(text), Ok(expected), "{text}");
        }
        for text in ["", "0", "K", "-1", "1.5M", "many", "99999999999G"] {
            assert!(size(text).is_err(), "{text}");
        }
    }
}
