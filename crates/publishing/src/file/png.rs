//! PNG (ISO/IEC 15948): the chunks that a picture needs, up to its end.

use super::{Size, be32};

pub(super) const SIGN: &[u8] = b"\x89PNG\r\n\x1a\n";
const NEEDED: [&[u8; 4]; 11] =
    [b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"pHYs"];

pub(super) fn clean(bytes: &[u8]) -> Option<(Vec<u8>, Size)> {
    let mut out = SIGN.to_vec();
    let mut size = None;
    let mut drawn = false;
    let mut at = SIGN.len();
    loop {
        let length = be32(bytes, at)? as usize;
        let name: [u8; 4] = bytes.get(at + 4..at + 8)?.try_into().ok()?;
        let end = at.checked_add(length)?.checked_add(12)?;
        let chunk = bytes.get(at..end)?;
        at = end;
        match &name {
            b"IHDR" if size.is_none() && length == 13 => size = Some((be32(chunk, 8)?, be32(chunk, 12)?)),
            _ if size.is_none() => return None,
            b"IDAT" => drawn = true,
            _ => {}
        }
        if NEEDED.contains(&&name) {
            out.extend(chunk);
        }
        if &name == b"IEND" {
            break;
        }
    }
    size.filter(|_| drawn).map(|size| (out, size))
}
