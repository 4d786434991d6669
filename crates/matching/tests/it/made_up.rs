//! Made-up people with made-up typing errors, the same in every run.

/// A small generator of numbers (splitmix64), seeded by the test.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut word = self.0;
        word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((word ^ (word >> 31)) % most as u64) as usize
    }

    pub fn one_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }

    pub fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }

    /// Pronounceable text, so that values are many and unlike each other.
    fn word(&mut self, syllables: usize) -> String {
        let sounds =
            ["ba", "ken", "lo", "mir", "ta", "so", "ri", "vel", "na", "dor", "fi", "gus", "pel", "hu", "ya"];
        (0..syllables).map(|_| self.pick(&sounds)).collect()
    }
}

/// The columns of a made-up table in the Latin alphabet.
pub const HEADER: [&str; 7] =
    ["rec_id", "given_name", "surname", "date_of_birth", "street", "postcode", "phone"];

/// `people` rows without errors; the first cell is the id.
pub fn people(dice: &mut Dice, people: usize) -> Vec<Vec<String>> {
    (0..people)
        .map(|number| {
            let day =
                format!("{:04}-{:02}-{:02}", 1940 + dice.below(75), 1 + dice.below(12), 1 + dice.below(28));
            vec![
                format!("p{number}"),
                dice.word(2),
                dice.word(3),
                day,
                format!("{} {} street", 1 + dice.below(200), dice.word(3)),
                format!("{:04}", 1000 + dice.below(900)),
                format!("1{:010}", dice.below(10_000_000_000)),
            ]
        })
        .collect()
}

/// The same person written down again: up to three cells are mistyped, emptied or, for names, swapped.
pub fn again(dice: &mut Dice, row: &[String], id: String) -> Vec<String> {
    let mut row = row.to_vec();
    row[0] = id;
    for _ in 0..dice.below(4) {
        let cell = 1 + dice.below(row.len() - 1);
        row[cell] = if dice.one_in(4) { String::new() } else { mistyped(dice, &row[cell]) };
    }
    if dice.one_in(8) {
        row.swap(1, 2);
    }
    row
}

fn mistyped(dice: &mut Dice, text: &str) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    if letters.len() < 2 {
        return text.to_owned();
    }
    let at = dice.below(letters.len() - 1);
    match dice.below(3) {
        0 => letters.swap(at, at + 1),
        1 => drop(letters.remove(at)),
        _ => letters[at] = if letters[at].is_ascii_digit() { '7' } else { 'e' },
    }
    letters.into_iter().collect()
}

/// CSV with the columns in the given order under the given headers.
pub fn csv(header: &[&str], order: &[usize], rows: &[Vec<String>]) -> String {
    let mut text = header.join(",") + "\n";
    for row in rows {
        let cells: Vec<&str> = order.iter().map(|column| row[*column].as_str()).collect();
        text += &(cells.join(",") + "\n");
    }
    text
}
