//! What a file is, told by its bytes, and what of it is kept: pictures and sound, never where and by which device.
//!
//! Nothing is decoded. The containers are walked, what only tells about the making (place, device, time, remarks) is left
//! out, and what does not hold together is refused.

mod jpeg;
mod mp4;
mod png;
mod riff;
mod sound;

use kernel::Refusal;
use sha2::{Digest, Sha256};

use crate::faults;

/// The largest photo, in MB.
pub const PHOTO_MB: usize = 15;
/// The largest recording, in MB.
pub const RECORDING_MB: usize = 60;
/// Most pixels of a picture, in millions.
const MEGAPIXELS: u64 = 60;
/// Most pixels along a side.
const SIDE: u32 = 16_000;

kernel::codes! {
    /// What a file is.
    Media:
    /// A photo as cameras make it.
    #[default]
    Jpeg "jpeg" "JPEG 照片" "JPEG";
    /// A picture without loss.
    Png "png" "PNG 图片" "PNG";
    /// A picture of the web.
    Webp "webp" "WebP 图片" "WebP";
    /// Sound.
    Mp3 "mp3" "MP3 录音" "MP3";
    /// Sound as phones record it.
    Mp4 "mp4" "M4A 录音" "M4A";
    /// Sound.
    Ogg "ogg" "OGG 录音" "OGG";
    /// Sound without loss.
    Wav "wav" "WAV 录音" "WAV";
}

impl Media {
    /// Whether it is a picture.
    pub fn is_picture(self) -> bool {
        matches!(self, Self::Jpeg | Self::Png | Self::Webp)
    }

    /// What it is called in the header of an answer.
    pub fn mime(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Mp3 => "audio/mpeg",
            Self::Mp4 => "audio/mp4",
            Self::Ogg => "audio/ogg",
            Self::Wav => "audio/wav",
        }
    }
}

/// A file that is fit to be kept. Has no `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct Clean {
    /// What it is.
    pub media: Media,
    /// The bytes to keep.
    pub bytes: Vec<u8>,
    /// Width and height of a picture in pixels, as it is shown; zero of sound.
    pub size: Size,
}

/// Width and height.
pub type Size = (u32, u32);

/// SHA-256 in hexadecimal.
pub fn digest_of(bytes: &[u8]) -> String {
    use std::fmt::Write;
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// What a file is by its first bytes.
pub fn told(bytes: &[u8]) -> Option<Media> {
    let at = |from: usize, sign: &[u8]| bytes.get(from..from + sign.len()) == Some(sign);
    match () {
        () if at(0, b"\xff\xd8\xff") => Some(Media::Jpeg),
        () if at(0, png::SIGN) => Some(Media::Png),
        () if at(0, b"RIFF") && at(8, b"WEBP") => Some(Media::Webp),
        () if at(0, b"RIFF") && at(8, b"WAVE") => Some(Media::Wav),
        () if at(0, b"OggS") => Some(Media::Ogg),
        () if at(4, b"ftyp") => Some(Media::Mp4),
        () if at(0, b"ID3") || sound::frame(bytes) => Some(Media::Mp3),
        () => None,
    }
}

/// What is kept of a file that somebody sends.
pub fn clean(bytes: &[u8]) -> Result<Clean, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::new(&faults::EMPTY).at("file"));
    }
    let media = told(bytes).ok_or_else(|| Refusal::new(&faults::KIND).at("file"))?;
    let most = if media.is_picture() { PHOTO_MB } else { RECORDING_MB };
    if bytes.len() > most << 20 {
        return Err(too_large());
    }
    let sound = |bytes: Vec<u8>| (bytes, (0, 0));
    let kept = match media {
        Media::Jpeg => jpeg::clean(bytes),
        Media::Png => png::clean(bytes),
        Media::Webp => riff::webp(bytes),
        Media::Wav => riff::wav(bytes).map(sound),
        Media::Ogg => sound::ogg(bytes).map(sound),
        Media::Mp4 => mp4::clean(bytes).map(sound),
        Media::Mp3 => sound::mp3(bytes).map(sound),
    };
    let (bytes, size) = kept.ok_or_else(|| Refusal::new(&faults::DAMAGED).at("file"))?;
    if media.is_picture() {
        check_size(size)?;
    }
    Ok(Clean { media, bytes, size })
}

/// A file of more bytes than are taken.
pub fn too_large() -> Refusal {
    Refusal::new(&faults::TOO_LARGE).with("photo", PHOTO_MB).with("recording", RECORDING_MB).at("file")
}

/// A small file can claim to be a picture that fills a phone's memory.
fn check_size((width, height): Size) -> Result<(), Refusal> {
    if width == 0 || height == 0 {
        return Err(Refusal::new(&faults::DAMAGED).at("file"));
    }
    if u64::from(width) * u64::from(height) > MEGAPIXELS * 1_000_000 || width.max(height) > SIDE {
        return Err(Refusal::new(&faults::PIXELS).with("most", MEGAPIXELS).with("side", SIDE).at("file"));
    }
    Ok(())
}

/// Four bytes from `at` on, the first the highest.
fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

/// Two bytes from `at` on, the first the higher.
fn be16(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}
