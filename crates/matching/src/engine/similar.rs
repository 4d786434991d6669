//! How alike two pieces of text are.

/// Longer text is compared by its first characters only; equality is always of the whole.
const LONGEST: usize = 64;

/// Jaro–Winkler similarity from 0 to 1 (W. Winkler, 1990: prefix of up to four, scale 0.1, counted from 0.7 on). Without
/// allocation, since tables need it millions of times; a property test compares it with `strsim`.
pub(crate) fn jaro_winkler(one: &[char], two: &[char]) -> f64 {
    let (one, two) = (&one[..one.len().min(LONGEST)], &two[..two.len().min(LONGEST)]);
    let jaro = jaro(one, two);
    if jaro <= 0.7 {
        return jaro;
    }
    let prefix = one.iter().zip(two).take(4).take_while(|(a, b)| a == b).count();
    jaro + prefix as f64 * 0.1 * (1.0 - jaro)
}

fn jaro(one: &[char], two: &[char]) -> f64 {
    if one.is_empty() || two.is_empty() {
        return f64::from(u8::from(one.is_empty() && two.is_empty()));
    }
    let reach = (one.len().max(two.len()) / 2).saturating_sub(1);
    let (mut seen_one, mut seen_two) = (0_u64, 0_u64);
    for (at, letter) in one.iter().enumerate() {
        let end = (at + reach + 1).min(two.len());
        for (other, same) in two.iter().enumerate().take(end).skip(at.saturating_sub(reach)) {
            if seen_two & (1 << other) == 0 && same == letter {
                seen_one |= 1 << at;
                seen_two |= 1 << other;
                break;
            }
        }
    }
    let common = f64::from(seen_one.count_ones());
    if common == 0.0 {
        return 0.0;
    }
    let firsts = one.iter().enumerate().filter(|(at, _)| seen_one & (1 << at) != 0);
    let seconds = two.iter().enumerate().filter(|(at, _)| seen_two & (1 << at) != 0);
    let moved = firsts.zip(seconds).filter(|((_, a), (_, b))| a != b).count() / 2;
    (common / one.len() as f64 + common / two.len() as f64 + (common - moved as f64) / common) / 3.0
}

/// Number of insertions, deletions, replacements and swaps of neighbours between two texts (optimal string alignment).
pub(crate) fn edits(one: &[char], two: &[char]) -> usize {
    let (one, two) = (&one[..one.len().min(LONGEST)], &two[..two.len().min(LONGEST)]);
    let mut before = [0_usize; LONGEST + 1];
    let mut last = [0_usize; LONGEST + 1];
    let mut row = [0_usize; LONGEST + 1];
    for (at, cell) in last.iter_mut().enumerate().take(two.len() + 1) {
        *cell = at;
    }
    for (i, a) in one.iter().enumerate() {
        row[0] = i + 1;
        for (j, b) in two.iter().enumerate() {
            let replace = last[j] + usize::from(a != b);
            let mut cheapest = replace.min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *a == two[j - 1] && one[i - 1] == *b {
                cheapest = cheapest.min(before[j - 1] + 1);
            }
            row[j + 1] = cheapest;
        }
        before = last;
        last = row;
    }
    last[two.len()]
}

/// A code for how Latin text sounds, coarse enough that common misspellings share it: first letter's class, then the
/// classes of consonants without repeats, at most five in all. Other scripts give their first two characters.
pub(crate) fn sound(text: &[char]) -> String {
    let mut code = String::new();
    let mut last = ' ';
    for &letter in text {
        let class = match letter {
            'b' | 'f' | 'p' | 'v' => '1',
            'c' | 'g' | 'j' | 'k' | 'q' | 's' | 'x' | 'z' => '2',
            'd' | 't' => '3',
            'l' => '4',
            'm' | 'n' => '5',
            'r' => '6',
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' if code.is_empty() => 'a',
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' => '0',
            'h' | 'w' if !code.is_empty() => continue,
            other if other.is_alphanumeric() => other,
            _ => continue,
        };
        if class != '0' && class != last {
            code.push(class);
            if code.chars().count() == 5 {
                break;
            }
        }
        last = class;
    }
    code
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn chars(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    #[test]
    fn jaro_winkler_as_published() {
        // Examples of Winkler's paper, to three digits.
        for (one, two, expected) in
            [("martha", "marhta", 0.961), ("dwayne", "duane", 0.840), ("dixon", "dicksonx", 0.813)]
        {
            assert!((jaro_winkler(&chars(one), &chars(two)) - expected).abs() < 0.001, "{one}");
        }
        assert!((jaro_winkler(&[], &[]) - 1.0).abs() < 1e-9);
        assert!(jaro_winkler(&chars("abc"), &[]) < 1e-9);
    }

    #[test]
    fn edits_count_a_swap_of_neighbours_once() {
        for (one, two, expected) in
            [("19560409", "19560490", 1), ("abc", "abc", 0), ("", "abc", 3), ("kitten", "sitting", 3)]
        {
            assert_eq!(edits(&chars(one), &chars(two)), expected, "{one} {two}");
        }
    }

    proptest! {
        #[test]
        fn both_agree_with_strsim(one in "[abc李娜]{0,9}", two in "[abc李娜]{0,9}") {
            let (a, b) = (chars(&one), chars(&two));
            prop_assert!((jaro_winkler(&a, &b) - strsim::jaro_winkler(&one, &two)).abs() < 1e-9);
            prop_assert_eq!(edits(&a, &b), strsim::osa_distance(&one, &two));
        }
    }

    #[test]
    fn ten_thousand_characters_are_fine() {
        let long = chars(&"𠮷a".repeat(5000));
        assert_eq!(edits(&long, &long), 0);
        assert!(jaro_winkler(&long, &long) > 0.99);
        assert!(!sound(&long).is_empty());
    }

    #[test]
    fn misspellings_sound_alike() {
        for (one, two) in [
            ("catherine", "katherine"),
            ("mccarthy", "mcarthy"),
            ("neumann", "newman"),
            ("phillip", "philip"),
        ] {
            assert_eq!(sound(&chars(one)), sound(&chars(two)), "{one} {two}");
        }
        assert_ne!(sound(&chars("smith")), sound(&chars("jones")));
    }
}
