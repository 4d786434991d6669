//! JPEG (ITU-T T.81): segments up to the end of the image. Kept are those that a picture needs; of Exif only which way up
//! it is. What lies behind the image (a second picture, a film) goes.

use super::{Size, be16};

const EXIF: &[u8] = b"Exif\0\0";

/// The picture without what was noted beside it, and its size as it is shown.
pub(super) fn clean(bytes: &[u8]) -> Option<(Vec<u8>, Size)> {
    let mut kept = Vec::with_capacity(bytes.len());
    let mut size = (0, 0);
    let mut upright = 1;
    let mut drawn = false;
    let mut at = 2;
    loop {
        if *bytes.get(at)? != 0xff {
            return None;
        }
        while *bytes.get(at)? == 0xff {
            at += 1;
        }
        let marker = bytes[at];
        at += 1;
        match marker {
            0xd9 => break,
            0x01 | 0xd0..=0xd7 => continue,
            0x00 | 0xd8 => return None,
            _ => {}
        }
        let length = usize::from(be16(bytes, at)?);
        let content = bytes.get(at + 2..at + length)?;
        at += length;
        match marker {
            0xe1 if content.starts_with(EXIF) => upright = turned(&content[EXIF.len()..]).unwrap_or(upright),
            0xc0..=0xcf if ![0xc4, 0xc8, 0xcc].contains(&marker) => {
                size = (u32::from(be16(content, 3)?), u32::from(be16(content, 1)?));
            }
            _ => {}
        }
        if needed(marker, content) {
            kept.extend([0xff, marker]);
            kept.extend((length as u16).to_be_bytes());
            kept.extend(content);
        }
        if marker == 0xda {
            let scan = scan(&bytes[at..])?;
            kept.extend(&bytes[at..at + scan]);
            at += scan;
            drawn = true;
        }
    }
    if !drawn {
        return None;
    }
    let mut out = vec![0xff, 0xd8];
    if upright > 1 {
        out.extend(way_up(upright));
    }
    out.extend(kept);
    out.extend([0xff, 0xd9]);
    // From 5 on it lies on its side.
    Some((out, if upright > 4 { (size.1, size.0) } else { size }))
}

/// How long the coded data is, up to the next marker.
fn scan(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        at += bytes.get(at..)?.iter().position(|byte| *byte == 0xff)?;
        match *bytes.get(at + 1)? {
            0x00 | 0xd0..=0xd7 => at += 2,
            0xff => at += 1,
            _ => return Some(at),
        }
    }
}

/// Whether a picture is drawn differently without this segment.
fn needed(marker: u8, content: &[u8]) -> bool {
    match marker {
        0xe0 => content.starts_with(b"JFIF\0"),
        0xe2 => content.starts_with(b"ICC_PROFILE\0"),
        0xee => content.starts_with(b"Adobe"),
        0xe1..=0xef | 0xfe => false,
        _ => true,
    }
}

/// Which way up, 1 to 8, by the first directory of a TIFF header (Exif 2.32, tag 0x0112).
fn turned(tiff: &[u8]) -> Option<u16> {
    let little = match tiff.get(..2)? {
        b"II" => true,
        b"MM" => false,
        _ => return None,
    };
    let two = |at: usize| {
        let pair: [u8; 2] = tiff.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) })
    };
    let four: [u8; 4] = tiff.get(4..8)?.try_into().ok()?;
    let start = (if little { u32::from_le_bytes(four) } else { u32::from_be_bytes(four) }) as usize;
    let entries = usize::from(two(start)?);
    let entry = (0..entries).map(|number| start + 2 + number * 12).find(|at| two(*at) == Some(0x0112))?;
    two(entry + 8).filter(|way| (1..=8).contains(way))
}

/// An Exif segment that says which way up, and nothing else.
fn way_up(way: u16) -> Vec<u8> {
    let mut out = vec![0xff, 0xe1, 0, 34];
    out.extend(EXIF);
    out.extend(b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01");
    out.extend(way.to_be_bytes());
    out.extend([0; 6]);
    out
}
