//! Who has a place, and who waits as which. Pure.
//!
//! Sign-ups are gone through in the order in which they arrived. One gets a place while its people fit; where one does
//! not fit, it and all later ones wait, so that nobody is overtaken for being few. One that was let in by a reason, or
//! came, has a place in any case and is counted where it stands. From this follows that nobody with a place loses it by
//! what others do, other than by lowering the number of places.

use std::cmp::Ordering;

use kernel::Id;

/// One sign-up in line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The sign-up.
    pub id: Id,
    /// Its place in the journal.
    pub place: i64,
    /// How many people it brings.
    pub heads: u32,
    /// It has a place whether or not there is room: let in by a reason, or here already.
    pub certain: bool,
    /// It was cancelled.
    pub cancelled: bool,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seat {
    /// It has a place.
    In,
    /// It waits, as the first, second, third … in line.
    Waiting(u32),
    /// It was cancelled.
    Cancelled,
}

/// What a session's sign-ups add up to, in heads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Heads {
    /// People with a place.
    pub seated: u32,
    /// People who wait.
    pub waiting: u32,
}

/// The order of arrival.
pub fn order(a: &Entry, b: &Entry) -> Ordering {
    a.place.cmp(&b.place).then(a.id.cmp(&b.id))
}

/// Seats in the order of arrival; with no number of places everybody has one.
pub fn seats(entries: &mut [Entry], capacity: Option<u32>) -> (Vec<(Id, Seat)>, Heads) {
    entries.sort_by(order);
    let mut heads = Heads::default();
    let mut in_line = 0;
    let mut seat = |entry: &Entry| {
        if entry.cancelled {
            return Seat::Cancelled;
        }
        let fits =
            in_line == 0 && capacity.is_none_or(|places| heads.seated.saturating_add(entry.heads) <= places);
        if entry.certain || fits {
            heads.seated = heads.seated.saturating_add(entry.heads);
            return Seat::In;
        }
        in_line += 1;
        heads.waiting = heads.waiting.saturating_add(entry.heads);
        Seat::Waiting(in_line)
    };
    let seats = entries.iter().map(|entry| (entry.id, seat(entry))).collect();
    (seats, heads)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(place: i64, heads: u32) -> Entry {
        Entry { id: Id(place.unsigned_abs().into()), place, heads, certain: false, cancelled: false }
    }

    fn of(mut entries: Vec<Entry>, capacity: u32) -> (Vec<Seat>, Heads) {
        let (seats, heads) = seats(&mut entries, Some(capacity));
        (seats.into_iter().map(|seat| seat.1).collect(), heads)
    }

    #[test]
    fn the_next_moves_up_when_one_cancels() {
        let mut all = vec![entry(3, 1), entry(1, 2), entry(2, 1)];
        let (seats, heads) = of(all.clone(), 3);
        assert_eq!(seats, [Seat::In, Seat::In, Seat::Waiting(1)]);
        assert_eq!(heads, Heads { seated: 3, waiting: 1 });
        all[2].cancelled = true;
        assert_eq!(of(all, 3).0, [Seat::In, Seat::Cancelled, Seat::In]);
    }

    #[test]
    fn nobody_is_overtaken_for_being_many() {
        let all = vec![entry(1, 8), entry(2, 4), entry(3, 2)];
        assert_eq!(of(all, 10).0, [Seat::In, Seat::Waiting(1), Seat::Waiting(2)]);
    }

    #[test]
    fn an_extra_place_takes_nobody_s_place() {
        let mut all = vec![entry(1, 4), entry(2, 4), entry(3, 4), entry(4, 2)];
        all[2].certain = true;
        let (seats, heads) = of(all.clone(), 10);
        assert_eq!(seats, [Seat::In, Seat::In, Seat::In, Seat::Waiting(1)]);
        assert_eq!(heads, Heads { seated: 12, waiting: 2 });
        all[0].cancelled = true;
        assert_eq!(of(all, 10).0, [Seat::Cancelled, Seat::In, Seat::In, Seat::In]);
    }

    #[test]
    fn without_a_number_everybody_has_a_place() {
        let mut all = vec![entry(1, 5_000), entry(2, u32::MAX)];
        assert!(seats(&mut all, None).0.iter().all(|seat| seat.1 == Seat::In));
    }
}
