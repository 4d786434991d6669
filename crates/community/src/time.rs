//! Times of day as people write them: `16:30`.

use kernel::Refusal;

use crate::faults;

/// Minutes since midnight of a time such as `16:30`.
pub fn minutes(text: &str) -> Option<u16> {
    let (hour, minute) = text.split_once(':')?;
    let two = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    if !two(hour) || !two(minute) {
        return None;
    }
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

fn one(field: &str, value: Option<&str>) -> Result<Option<u16>, Refusal> {
    let Some(value) = value else { return Ok(None) };
    let fault = || Refusal::new(&faults::TIME).with("field", field).at(field);
    minutes(value).map(Some).ok_or_else(fault)
}

/// Refuses times that are none, and an end that is not after the start.
pub(crate) fn check(start: Option<&str>, end: Option<&str>) -> Result<(), Refusal> {
    match (one("start", start)?, one("end", end)?) {
        (Some(start), Some(end)) if end <= start => Err(Refusal::new(&faults::ENDS_EARLY).at("end")),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::minutes;

    #[test]
    fn times_of_day() {
        assert_eq!(minutes("16:30"), Some(990));
        assert_eq!(minutes("00:00"), Some(0));
        for wrong in ["24:00", "9:30", "16:60", "1630", "", "李:娜", "+1:30", "16:3o"] {
            assert_eq!(minutes(wrong), None, "{wrong}");
        }
    }
}
