//! Blocking keys: short texts two of which are equal where two records may be one person. A record is compared only
//! with those that share one.

use jiff::civil::Date;

/// Names of one person that are used for blocking.
const NAMES: usize = 6;
/// No person has more keys than this.
const MOST: usize = 60;

/// The keys under which a record is kept.
pub fn stored(
    names: &[&str],
    birth: Option<(Date, Date)>,
    phones: &[String],
    id_number: Option<&str>,
) -> Vec<String> {
    let years = birth.and_then(years);
    let mut out = direct(phones, id_number);
    for key in name_keys(names) {
        match years {
            Some((first, last)) => out.extend((first..=last).map(|year| format!("{key}:{year}"))),
            None if key.starts_with('p') => out.push(format!("{key}:")),
            None => {}
        }
    }
    finish(out)
}

/// The keys to look under for records that may be the same as this one. An age may be a year off, and a record
/// without a year of birth may be anybody of that name.
pub fn sought(
    names: &[&str],
    birth: Option<(Date, Date)>,
    phones: &[String],
    id_number: Option<&str>,
) -> Vec<String> {
    let years = birth.and_then(years);
    let mut out = direct(phones, id_number);
    for key in name_keys(names) {
        if let Some((first, last)) = years {
            out.extend((first - 1..=last + 1).map(|year| format!("{key}:{year}")));
        }
        if key.starts_with('p') {
            out.push(format!("{key}:"));
        }
    }
    finish(out)
}

/// The starts of keys to look under where no year of birth is known.
pub fn sought_yearless(names: &[&str]) -> Vec<String> {
    name_keys(names).into_iter().filter(|key| key.starts_with('p')).map(|key| format!("{key}:")).collect()
}

/// The years of a birth date, unless there are too many of them.
pub fn years((first, last): (Date, Date)) -> Option<(i16, i16)> {
    (last.year() - first.year() <= 2).then_some((first.year(), last.year()))
}

fn direct(phones: &[String], id_number: Option<&str>) -> Vec<String> {
    let phones = phones.iter().map(|phone| names::phone::fold(phone)).filter(|digits| digits.len() >= 5);
    let mut out: Vec<String> = phones.map(|digits| format!("t{digits}")).collect();
    out.extend(id_number.map(|number| format!("i{number}")));
    out
}

fn name_keys(names: &[&str]) -> Vec<String> {
    let mut out: Vec<String> = names.iter().take(NAMES).flat_map(|name| names::blocking_keys(name)).collect();
    out.sort_unstable();
    out.dedup();
    out
}

fn finish(mut out: Vec<String>) -> Vec<String> {
    out.truncate(MOST);
    out.sort_unstable();
    out.dedup();
    out
}
