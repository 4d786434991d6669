//! RIFF: WebP pictures (RFC 9649) and WAV sound, chunk by chunk.

use super::Size;

fn le32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

type Chunk<'a> = ([u8; 4], &'a [u8]);

/// The chunks of a file. `open` lets the last one be shorter than it says, as recorders leave it that were switched off.
fn chunks(bytes: &[u8], open: bool) -> Option<Vec<Chunk<'_>>> {
    let mut all = Vec::new();
    let mut at = 12;
    while at + 8 <= bytes.len() {
        let name: [u8; 4] = bytes.get(at..at + 4)?.try_into().ok()?;
        let length = le32(bytes, at + 4)? as usize;
        let there = bytes.len() - at - 8;
        if length > there && !(open && &name == b"data") {
            return None;
        }
        let length = length.min(there);
        all.push((name, &bytes[at + 8..at + 8 + length]));
        at += 8 + length + length % 2;
    }
    Some(all)
}

fn put(out: &mut Vec<u8>, name: [u8; 4], content: &[u8]) {
    out.extend(name);
    out.extend((content.len() as u32).to_le_bytes());
    out.extend(content);
    if content.len() % 2 == 1 {
        out.push(0);
    }
}

fn whole(kind: [u8; 4], inner: &[u8]) -> Vec<u8> {
    let mut out = b"RIFF".to_vec();
    out.extend((inner.len() as u32 + 4).to_le_bytes());
    out.extend(kind);
    out.extend(inner);
    out
}

/// A WebP picture without what was noted beside it.
pub(super) fn webp(bytes: &[u8]) -> Option<(Vec<u8>, Size)> {
    // What lies behind the length that the file tells is none of it.
    let end = (le32(bytes, 4)? as usize).checked_add(8)?;
    let mut inner = Vec::with_capacity(bytes.len());
    let mut size = None;
    let mut drawn = false;
    for (name, content) in chunks(bytes.get(..end)?, false)? {
        match &name {
            b"VP8X" => {
                let three = |at: usize| {
                    Some(u32::from_le_bytes([
                        *content.get(at)?,
                        *content.get(at + 1)?,
                        *content.get(at + 2)?,
                        0,
                    ]))
                };
                size = Some((three(4)? + 1, three(7)? + 1));
                let mut content = content.to_vec();
                // Neither Exif nor XMP any more.
                content[0] &= !0x0c;
                put(&mut inner, name, &content);
                continue;
            }
            b"VP8 " | b"VP8L" => {
                drawn = true;
                let still = if name == *b"VP8 " { lossy(content) } else { lossless(content) }?;
                size = size.or(Some(still));
            }
            b"ANMF" => drawn = true,
            b"ALPH" | b"ICCP" | b"ANIM" => {}
            _ => continue,
        }
        put(&mut inner, name, content);
    }
    size.filter(|_| drawn).map(|size| (whole(*b"WEBP", &inner), size))
}

/// Size in the frame header of VP8 (RFC 6386, 9.1).
fn lossy(content: &[u8]) -> Option<Size> {
    if content.get(3..6)? != [0x9d, 0x01, 0x2a] {
        return None;
    }
    let side =
        |at: usize| Some(u32::from(u16::from_le_bytes([*content.get(at)?, *content.get(at + 1)?])) & 0x3fff);
    Some((side(6)?, side(8)?))
}

/// Size in the header of lossless WebP: 14 bits each, less one.
fn lossless(content: &[u8]) -> Option<Size> {
    if *content.first()? != 0x2f {
        return None;
    }
    let bits = le32(content, 1)?;
    Some(((bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1))
}

/// Sound: its format and its samples.
pub(super) fn wav(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut inner = Vec::with_capacity(bytes.len());
    let (mut told, mut heard) = (false, false);
    for (name, content) in chunks(bytes, true)? {
        match &name {
            b"fmt " if content.len() >= 16 => told = true,
            b"data" => heard = heard || !content.is_empty(),
            b"fact" => {}
            _ => continue,
        }
        put(&mut inner, name, content);
    }
    (told && heard).then(|| whole(*b"WAVE", &inner))
}
