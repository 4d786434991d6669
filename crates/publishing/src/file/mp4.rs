//! Sound in ISO base media files (ISO/IEC 14496-12), as phones record it. Boxes with remarks (a place among them) are blanked
//! where they lie, because others tell by distance where the sound is.

use std::ops::Range;

use super::be32;

/// Boxes in boxes are no deeper than this.
const DEEPEST: usize = 8;

#[derive(Default)]
struct Found {
    sound: bool,
    picture: bool,
    samples: bool,
    blank: Vec<Range<usize>>,
}

pub(super) fn clean(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut found = Found::default();
    walk(bytes, 0..bytes.len(), 0, &mut found)?;
    if !found.sound || found.picture || !found.samples {
        return None;
    }
    let mut out = bytes.to_vec();
    for range in found.blank {
        out[range.start + 4..range.start + 8].copy_from_slice(b"free");
        // The length may take eight more bytes; those stay.
        let head = if be32(bytes, range.start) == Some(1) { 16 } else { 8 };
        out[range.start + head..range.end].fill(0);
    }
    Some(out)
}

fn walk(bytes: &[u8], within: Range<usize>, depth: usize, found: &mut Found) -> Option<()> {
    let mut at = within.start;
    while at < within.end {
        let (mut length, mut head) = (be32(bytes, at)? as usize, 8);
        let name = bytes.get(at + 4..at + 8)?;
        match length {
            0 => length = within.end - at,
            1 => {
                let eight: [u8; 8] = bytes.get(at + 8..at + 16)?.try_into().ok()?;
                (length, head) = (usize::try_from(u64::from_be_bytes(eight)).ok()?, 16);
            }
            _ => {}
        }
        let end = at.checked_add(length).filter(|end| length >= head && *end <= within.end)?;
        match name {
            b"udta" | b"meta" | b"uuid" => found.blank.push(at..end),
            b"moov" | b"trak" | b"mdia" if depth < DEEPEST => walk(bytes, at + head..end, depth + 1, found)?,
            b"mdat" => found.samples = true,
            b"hdlr" => match bytes.get(at + head + 8..at + head + 12)? {
                b"soun" => found.sound = true,
                b"vide" => found.picture = true,
                _ => {}
            },
            _ => {}
        }
        at = end;
    }
    Some(())
}
