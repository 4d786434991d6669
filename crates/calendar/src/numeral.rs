//! Chinese numerals: 二〇一一, 三百二十, 两万三, 廿五.

/// Value of a single digit character, everyday or formal.
pub fn digit(ch: char) -> Option<u8> {
    Some(match ch {
        '〇' | '零' | '○' | '◯' => 0,
        '一' | '壹' | '幺' => 1,
        '二' | '贰' | '貳' | '两' | '兩' | '俩' => 2,
        '三' | '叁' | '參' | '仨' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' | '陸' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        '0'..='9' => u8::try_from(u32::from(ch) - 48).ok()?,
        '０'..='９' => u8::try_from(u32::from(ch) - 0xFF10).ok()?,
        _ => return None,
    })
}

fn unit(ch: char) -> Option<u64> {
    Some(match ch {
        '十' | '拾' => 10,
        '百' | '佰' => 100,
        '千' | '仟' => 1000,
        '万' | '萬' => 10_000,
        '亿' | '億' => 100_000_000,
        _ => return None,
    })
}

/// Whether a character can stand in a Chinese numeral.
pub fn is_part(ch: char) -> bool {
    !ch.is_ascii_digit() && (digit(ch).is_some() || unit(ch).is_some() || matches!(ch, '廿' | '卅' | '卌'))
}

/// Reads a whole number: by places (二〇一一), by units (三百二十, 一万二千), mixed (3万), colloquial endings
/// (两万三 = 23,000; 三百二 = 320) and 廿, 卅. `None` for anything else and beyond 10¹⁶.
///
/// ```
/// assert_eq!(calendar::numeral::read("三百二十"), Some(320));
/// assert_eq!(calendar::numeral::read("二〇一一"), Some(2011));
/// assert_eq!(calendar::numeral::read("两万三"), Some(23_000));
/// assert_eq!(calendar::numeral::read("三百零二"), Some(302));
/// ```
pub fn read(text: &str) -> Option<u64> {
    let chars: Vec<char> = text.trim().chars().collect();
    if chars.is_empty() || chars.len() > 32 {
        return None;
    }
    if chars.iter().all(|c| digit(*c).is_some()) {
        return by_place(&chars);
    }
    by_unit(&chars)
}

fn by_place(chars: &[char]) -> Option<u64> {
    let mut value: u64 = 0;
    for ch in chars {
        value = value.checked_mul(10)?.checked_add(u64::from(digit(*ch)?))?;
    }
    (value < 10_000_000_000_000_000).then_some(value)
}

/// Sums digit × unit below the 万 and 亿 sections.
#[derive(Default)]
struct Sum {
    total: u64,
    section: u64,
    pending: Option<u64>,
    /// The unit just used; 0 after 零, which forbids the colloquial ending.
    last: u64,
}

impl Sum {
    fn digit(&mut self, value: u64, ascii: bool) -> Option<()> {
        self.pending = match self.pending {
            Some(before) if ascii => Some(before.checked_mul(10)?.checked_add(value)?),
            Some(_) => return None,
            None => Some(value),
        };
        Some(())
    }

    fn unit(&mut self, unit: u64) -> Option<()> {
        if unit >= 10_000 {
            let below = self.section + self.pending.take().unwrap_or(0);
            if unit == 100_000_000 {
                self.total = (self.total + below).checked_mul(unit)?;
            } else {
                self.total = self.total.checked_add(below.checked_mul(unit)?)?;
            }
            self.section = 0;
        } else {
            let times = self.pending.take().unwrap_or(1);
            self.section = self.section.checked_add(times.checked_mul(unit)?)?;
        }
        self.last = unit;
        Some(())
    }

    fn finish(mut self) -> Option<u64> {
        if let Some(rest) = self.pending {
            let scale = if self.last > 10 && rest < 10 { self.last / 10 } else { 1 };
            self.section = self.section.checked_add(rest.checked_mul(scale)?)?;
        }
        self.total.checked_add(self.section).filter(|v| *v < 10_000_000_000_000_000)
    }
}

fn by_unit(chars: &[char]) -> Option<u64> {
    let mut sum = Sum::default();
    for ch in chars {
        if let Some(unit) = unit(*ch) {
            sum.unit(unit)?;
        } else if matches!(ch, '廿' | '卅' | '卌') {
            let tens = match ch {
                '廿' => 20,
                '卅' => 30,
                _ => 40,
            };
            sum.section = sum.section.checked_add(tens)?;
            sum.last = 10;
        } else {
            let value = u64::from(digit(*ch)?);
            let ascii = ch.is_ascii_digit() || ('０'..='９').contains(ch);
            if value == 0 && !ascii {
                sum.last = 0;
            } else {
                sum.digit(value, ascii)?;
            }
        }
    }
    sum.finish()
}
