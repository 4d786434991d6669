//! What is kept of files as cameras, phones and mischief make them.

use proptest::prelude::*;
use publishing::file::{Media, clean, digest_of, told};

fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    let mut out = vec![0xff, marker];
    out.extend((content.len() as u16 + 2).to_be_bytes());
    out.extend(content);
    out
}

/// Exif as phones write it: which way up, and a place (GPS directory) behind it.
fn exif(way: u16) -> Vec<u8> {
    let mut tiff = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x02".to_vec();
    tiff.extend(b"\x01\x12\0\x03\0\0\0\x01");
    tiff.extend(way.to_be_bytes());
    tiff.extend(b"\0\0\x88\x25\0\x04\0\0\0\x01\0\0\0\x26\0\0\0\0GPS 25.04N 102.71E");
    tiff
}

/// A JPEG whose parts a camera would write; nobody decodes it here.
fn jpeg(width: u16, height: u16, beside: &[Vec<u8>]) -> Vec<u8> {
    let mut frame = vec![8];
    frame.extend(height.to_be_bytes());
    frame.extend(width.to_be_bytes());
    frame.extend([1, 1, 0x11, 0]);
    let mut out = vec![0xff, 0xd8];
    out.extend(segment(0xe0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"));
    out.extend(beside.concat());
    out.extend(segment(0xc0, &frame));
    out.extend(segment(0xda, &[1, 1, 0, 0, 63, 0]));
    out.extend([0x12, 0x34, 0xff, 0x00, 0x56, 0xff, 0xd0, 0x78, 0xff, 0xd9]);
    out
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

fn code(bytes: &[u8]) -> &'static str {
    clean(bytes).map_or_else(|refusal| refusal.def.code, |_| "kept")
}

#[test]
fn a_place_does_not_stay_in_a_photo_and_which_way_up_does() {
    let xmp = segment(0xe1, b"http://ns.adobe.com/xap/1.0/\0<GPSLatitude>25</GPSLatitude>");
    let remark = segment(0xfe, "王芳家门口".as_bytes());
    let mut sent = jpeg(400, 300, &[segment(0xe1, &exif(6)), xmp, remark]);
    // Phones hang a second picture or a short film behind the first.
    sent.extend(jpeg(40, 30, &[segment(0xe1, &exif(1))]));
    let kept = clean(&sent).unwrap_or_else(|refusal| panic!("{refusal}"));
    for part in ["GPS".as_bytes(), b"xap", "王芳".as_bytes()] {
        assert!(!holds(&kept.bytes, part));
    }
    assert_eq!((kept.media, kept.size), (Media::Jpeg, (300, 400)), "it lies on its side");
    assert!(holds(&kept.bytes, b"\x01\x12\0\x03\0\0\0\x01\0\x06"));
    assert!(kept.bytes.ends_with(b"\x12\x34\xff\x00\x56\xff\xd0\x78\xff\xd9"));
    let plain = clean(&jpeg(400, 300, &[])).unwrap();
    assert_eq!(plain.bytes, jpeg(400, 300, &[]), "nothing else is touched");
    assert!(!holds(&clean(&jpeg(4, 3, &[segment(0xe1, &exif(1))])).unwrap().bytes, b"Exif"));
}

fn chunk(name: [u8; 4], content: &[u8]) -> Vec<u8> {
    let mut out = (content.len() as u32).to_be_bytes().to_vec();
    out.extend(name);
    out.extend(content);
    out.extend([0; 4]);
    out
}

fn png(width: u32, height: u32, beside: &[Vec<u8>]) -> Vec<u8> {
    let mut head = width.to_be_bytes().to_vec();
    head.extend(height.to_be_bytes());
    head.extend([8, 2, 0, 0, 0]);
    let parts = [chunk(*b"IHDR", &head), beside.concat(), chunk(*b"IDAT", b"x"), chunk(*b"IEND", b"")];
    [b"\x89PNG\r\n\x1a\n".to_vec(), parts.concat()].concat()
}

fn riff(kind: [u8; 4], chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let mut inner = kind.to_vec();
    for (name, content) in chunks {
        inner.extend(*name);
        inner.extend((content.len() as u32).to_le_bytes());
        inner.extend(*content);
        inner.extend(vec![0; content.len() % 2]);
    }
    [b"RIFF".to_vec(), (inner.len() as u32).to_le_bytes().to_vec(), inner].concat()
}

#[test]
fn other_pictures_lose_their_remarks_too() {
    let sent = png(20, 10, &[chunk(*b"tEXt", b"Comment\0at home"), chunk(*b"eXIf", &exif(1))]);
    let kept = clean(&sent).unwrap();
    assert_eq!((kept.media, kept.size), (Media::Png, (20, 10)));
    assert_eq!(kept.bytes, png(20, 10, &[]));
    let canvas = [0x0c, 0, 0, 0, 19, 0, 0, 9, 0, 0];
    let frame = [0x2f, 19, 64, 2, 0];
    let sent =
        riff(*b"WEBP", &[(b"VP8X", &canvas), (b"VP8L", &frame), (b"EXIF", b"GPS 25.04N"), (b"XMP ", b"GPS")]);
    let kept = clean(&sent).unwrap();
    assert_eq!((kept.media, kept.size), (Media::Webp, (20, 10)));
    assert!(!holds(&kept.bytes, b"GPS") && kept.bytes[20] == 0);
    assert_eq!(kept.bytes.len() as u32 - 8, u32::from_le_bytes(kept.bytes[4..8].try_into().unwrap()));
}

fn boxed(name: [u8; 4], content: &[u8]) -> Vec<u8> {
    let mut out = (content.len() as u32 + 8).to_be_bytes().to_vec();
    out.extend(name);
    out.extend(content);
    out
}

fn m4a(handler: [u8; 4]) -> Vec<u8> {
    let handler = boxed(*b"hdlr", &[&[0; 8], &handler[..], &[0; 12]].concat());
    let track = boxed(*b"trak", &boxed(*b"mdia", &handler));
    let remarks = boxed(*b"udta", &boxed(*b"\xa9xyz", b"+25.04+102.71/"));
    [boxed(*b"ftyp", b"M4A \0\0\0\0"), boxed(*b"moov", &[track, remarks].concat()), boxed(*b"mdat", b"sound")]
        .concat()
}

#[test]
fn recordings_lose_their_places_and_stay_as_long_as_others_count_on() {
    let kept = clean(&m4a(*b"soun")).unwrap();
    assert_eq!((kept.media, kept.bytes.len()), (Media::Mp4, m4a(*b"soun").len()));
    assert!(!holds(&kept.bytes, b"+25.04") && holds(&kept.bytes, b"free"));
    assert_eq!(code(&m4a(*b"vide")), "SK-4224", "a film is no recording");
    let frame = [0xff, 0xfb, 0x90, 0x64, 1, 2, 3, 4];
    let mut tag = b"ID3\x04\0\0\0\0\0\x0a0123456789".to_vec();
    tag.extend(frame);
    tag.extend([b"TAG".as_slice(), &[0; 125]].concat());
    assert_eq!(clean(&tag).unwrap().bytes, frame);
    let format = [1, 0, 1, 0, 0x44, 0xac, 0, 0, 0, 0, 0, 0, 2, 0, 16, 0];
    let sent = riff(*b"WAVE", &[(b"fmt ", &format), (b"LIST", b"INFOwho"), (b"data", b"sound!")]);
    assert_eq!(clean(&sent).unwrap().bytes, riff(*b"WAVE", &[(b"fmt ", &format), (b"data", b"sound!")]));
    let page = [b"OggS".as_slice(), &[0; 22], &[1, 8], b"OpusHead"].concat();
    assert_eq!(clean(&page).unwrap().media, Media::Ogg);
    assert_eq!(code(&[b"OggS".as_slice(), &[0; 22], &[1, 8], b"\x80theora\0"].concat()), "SK-4224");
}

#[test]
fn what_is_none_is_refused_by_number() {
    assert_eq!(code(b""), "SK-4220");
    for other in
        [b"<html><script>alert(1)</script>".as_slice(), b"%PDF-1.7", b"GIF89a", b"PK\x03\x04", b"\0\0\0\0"]
    {
        assert_eq!(code(other), "SK-4222");
    }
    // A name does not count, the first bytes do; what follows must hold together.
    assert_eq!(code(b"\xff\xd8\xff<script>"), "SK-4224");
    assert_eq!(code(&jpeg(400, 300, &[])[..45]), "SK-4224", "cut off");
    assert_eq!(code(&png(60_000, 60_000, &[])), "SK-4225", "it would fill a phone's memory");
    assert_eq!(code(&jpeg(0, 300, &[])), "SK-4224");
    let mut heavy = jpeg(400, 300, &[]);
    heavy.resize(16 << 20, 0);
    assert_eq!(code(&heavy), "SK-4221");
}

proptest! {
    #[test]
    fn whatever_comes_is_refused_or_kept_and_kept_again_the_same(
        head in 0_usize..8, bytes in proptest::collection::vec(any::<u8>(), 0..400),
        cut in 0_usize..400, flip in 0_usize..400, value in any::<u8>(),
    ) {
        let starts: [Vec<u8>; 8] = [
            Vec::new(), jpeg(40, 30, &[segment(0xe1, &exif(3))]), png(4, 3, &[]),
            riff(*b"WEBP", &[(b"VP8L", &[0x2f, 19, 64, 2, 0])]), m4a(*b"soun"),
            riff(*b"WAVE", &[(b"fmt ", &[0; 16]), (b"data", b"sound!")]),
            b"ID3\x04\0\0\0\0\0\x02xx\xff\xfb\x90\x64".to_vec(),
            [b"OggS".as_slice(), &[0; 22], &[1, 8], b"OpusHead"].concat(),
        ];
        let mut sent = starts[head].clone();
        if let Some(at) = sent.get_mut(flip) {
            *at = value;
        }
        sent.truncate(cut.max(1));
        sent.extend(bytes);
        if let Ok(kept) = clean(&sent) {
            prop_assert_eq!(told(&kept.bytes), Some(kept.media));
            let again = clean(&kept.bytes);
            prop_assert!(again.is_ok_and(|again| again.bytes == kept.bytes && again.size == kept.size));
            prop_assert!(kept.bytes.len() <= sent.len() + 36);
        }
    }
}

#[test]
fn a_digest_is_sha_256() {
    let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assert_eq!(digest_of(b""), empty);
}
