//! MP3 and OGG.

/// Whether an MPEG audio frame of layer I to III starts here.
pub(super) fn frame(bytes: &[u8]) -> bool {
    let [a, b, c, ..] = *bytes else { return false };
    a == 0xff && b & 0xe0 == 0xe0 && b & 0x18 != 0x08 && b & 0x06 != 0 && c >> 4 != 0x0f && c & 0x0c != 0x0c
}

/// The frames without the tags before and behind them, in which titles, pictures and places stand.
pub(super) fn mp3(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut rest = bytes;
    while rest.starts_with(b"ID3") {
        let head = rest.get(..10)?;
        let length = head[6..]
            .iter()
            .try_fold(0_usize, |sum, byte| (*byte < 128).then(|| sum << 7 | usize::from(*byte)))?;
        let footer = if head[5] & 0x10 == 0 { 0 } else { 10 };
        rest = rest.get(10 + length + footer..)?;
    }
    let silent = rest.iter().position(|byte| *byte != 0)?;
    rest = &rest[silent..];
    if rest.len() >= 128 && rest[rest.len() - 128..].starts_with(b"TAG") {
        rest = &rest[..rest.len() - 128];
    }
    frame(rest).then(|| rest.to_vec())
}

/// The pages of an OGG file hold together. Its remarks lie within a page that has a sum of its own and stay.
pub(super) fn ogg(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut at = 0;
    while at < bytes.len() {
        let head = bytes.get(at..at + 27)?;
        if !head.starts_with(b"OggS") {
            return None;
        }
        let segments = bytes.get(at + 27..at + 27 + usize::from(head[26]))?;
        let content: usize = segments.iter().map(|length| usize::from(*length)).sum();
        let start = at + 27 + segments.len();
        let page = bytes.get(start..start + content)?;
        let voices = [&b"OpusHead"[..], b"\x01vorbis", b"\x7fFLAC", b"Speex   "];
        if at == 0 && !voices.iter().any(|sign| page.starts_with(sign)) {
            return None;
        }
        at = start + content;
    }
    Some(bytes.to_vec())
}
