//! The word lists of `data/`, read from tab-separated text that is part of the program.

/// The lines of a list, split at tabs.
pub(crate) fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines().filter(|line| !line.is_empty()).map(|line| line.split('\t').collect())
}

/// A number in a list.
pub(crate) fn number<T: std::str::FromStr>(cell: &str) -> T {
    let Ok(number) = cell.parse() else { panic!("the demo's word list holds no number: {cell}") };
    number
}
