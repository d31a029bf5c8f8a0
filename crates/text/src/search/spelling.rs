//! The Latin spellings under which people look for a Chinese name.

use super::TOKEN_CHARS_MAX;
use crate::names;
use std::collections::BTreeSet;

/// Names with several polyphonic characters are spelled in at most this many ways.
const WAYS_MAX: usize = 8;

/// For 王小明: `wangxiaoming xiaoming ming`, `wxm xm m` and `wangxm`. Characters without pinyin
/// (kana, Hangul) split the name.
pub(super) fn spellings(name: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut syllables: Vec<Vec<String>> = Vec::new();
    let mut start = 0;
    for (at, c) in name.char_indices() {
        let readings = names::readings(c);
        if readings.is_empty() {
            spell(&name[start..at], &syllables, &mut found);
            syllables.clear();
            start = at + c.len_utf8();
        } else {
            syllables.push(readings);
        }
    }
    spell(&name[start..], &syllables, &mut found);
    found
}

fn spell(name: &str, syllables: &[Vec<String>], found: &mut BTreeSet<String>) {
    let surname = names::surname_of(name);
    let mut readings = syllables.to_vec();
    if let Some(surname) = surname {
        for (all, own) in readings.iter_mut().zip(surname.readings) {
            all.insert(0, (*own).to_owned());
            all.dedup();
        }
    }
    let surname_length = surname.map_or(1, |surname| surname.readings.len());
    for way in ways(&readings) {
        spell_way(&way, surname_length, found);
    }
}

fn spell_way(way: &[&str], surname_length: usize, found: &mut BTreeSet<String>) {
    for start in 0..way.len() {
        let mut full = String::new();
        let mut initials = String::new();
        for syllable in way[start..].iter().take(TOKEN_CHARS_MAX) {
            if full.len() < TOKEN_CHARS_MAX {
                full.push_str(syllable);
            }
            initials.extend(syllable.chars().next());
        }
        found.insert(full);
        found.insert(initials);
    }
    if (surname_length + 1..=4).contains(&way.len()) {
        let initials = way[surname_length..].iter().filter_map(|syllable| syllable.chars().next());
        found
            .insert(way[..surname_length].iter().flat_map(|s| s.chars()).chain(initials).collect());
    }
}

/// The first [`WAYS_MAX`] ways to choose one reading for each character, each way differing from
/// the first as little as possible: every character's other readings come alone before together.
fn ways(readings: &[Vec<String>]) -> Vec<Vec<&str>> {
    let first: Vec<&str> =
        readings.iter().filter_map(|all| all.first().map(String::as_str)).collect();
    if first.is_empty() {
        return Vec::new();
    }
    let mut ways = vec![first];
    for changed in 1..=2 {
        for (at, all) in readings.iter().enumerate() {
            for other in all.iter().skip(1) {
                for base in 0..ways.len() {
                    let mut way = ways[base].clone();
                    way[at] = other;
                    let alone = way.iter().zip(&ways[0]).filter(|(l, r)| l != r).count() <= changed;
                    if alone && ways.len() < WAYS_MAX && !ways.contains(&way) {
                        ways.push(way);
                    }
                }
            }
        }
    }
    ways
}
