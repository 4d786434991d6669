//! Birth dates as tidy tables write them.

/// A date of which only the year may be known; 0 stands for an unknown month or day. A day may be one that the month
/// does not have, since typing errors are what is being looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Date {
    pub year: u32,
    pub month: u32,
    pub day: u32,
}

/// Reads year, month and day in any of the common orders. Day-first is assumed where both readings are possible.
pub(crate) fn read(text: &str) -> Option<Date> {
    let text = text.trim();
    if text.len() > 40 {
        return None;
    }
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return plausible(text.get(..4)?, text.get(4..6)?, text.get(6..)?);
    }
    let day = text.split(['T', ' ']).next().unwrap_or(text);
    let parts: Vec<&str> =
        day.split(|letter: char| !letter.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    match *parts.as_slice() {
        [year, month, day] if year.len() == 4 => plausible(year, month, day),
        [first, second, year] if year.len() == 4 => {
            let american = second.parse::<u32>().ok()? > 12;
            if american { plausible(year, first, second) } else { plausible(year, second, first) }
        }
        _ => None,
    }
}

/// As [`read`], and also a year with a month or alone.
pub(crate) fn read_partly(text: &str) -> Option<Date> {
    read(text).or_else(|| {
        let parts: Vec<&str> =
            text.split(|letter: char| !letter.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
        match *parts.as_slice() {
            [year] if year.len() == 4 => plausible(year, "0", "0"),
            [year, month] if year.len() == 4 => plausible(year, month, "0"),
            _ => None,
        }
    })
}

fn plausible(year: &str, month: &str, day: &str) -> Option<Date> {
    let date = Date { year: year.parse().ok()?, month: month.parse().ok()?, day: day.parse().ok()? };
    let fits = (1800..=2200).contains(&date.year) && date.month <= 99 && date.day <= 99;
    fits.then_some(date)
}

impl Date {
    /// Whether year, month and day are all there.
    pub(crate) fn whole(self) -> bool {
        self.month > 0 && self.day > 0
    }

    /// Eight digits, to count typing errors in.
    pub(crate) fn digits(self) -> [char; 8] {
        let mut digits = ['0'; 8];
        let mut rest = self.year * 10_000 + self.month * 100 + self.day;
        for digit in digits.iter_mut().rev() {
            *digit = char::from_digit(rest % 10, 10).unwrap_or('0');
            rest /= 10;
        }
        digits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        let date = |year, month, day| Some(Date { year, month, day });
        for text in
            ["19560409", "1956-04-09", "1956/4/9", "09.04.1956", "1956年4月9日", "1956-04-09T00:00:00"]
        {
            assert_eq!(read(text), date(1956, 4, 9), "{text}");
        }
        assert_eq!(read("4/9/1956 x"), date(1956, 9, 4));
        assert_eq!(read("04/29/1956"), date(1956, 4, 29));
        assert_eq!(read("1956-02-30"), date(1956, 2, 30));
        assert_eq!(read_partly("1956年"), date(1956, 0, 0));
        assert_eq!(read_partly("1956.4"), date(1956, 4, 0));
        for text in ["", "1956", "李娜", "1956-04", "99999999", "𠮷𠮷", &"1".repeat(10_000)] {
            assert_eq!(read(text), None, "{text}");
        }
        let digits: String = Date { year: 1956, month: 4, day: 9 }.digits().iter().collect();
        assert_eq!(digits, "19560409");
    }
}
