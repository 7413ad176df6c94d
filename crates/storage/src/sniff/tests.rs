//! The table of types, and files that pretend.

use std::io::{BufReader, Seek as _, Write as _};

use domain::media::MediaKind::{Audio, File, Video};

use super::*;

fn sniffed(bytes: &[u8]) -> Content {
    // A small buffer, so that rules which read on past it are seen to work.
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    file.rewind().unwrap();
    sniff(&mut BufReader::with_capacity(16, file)).unwrap()
}

fn element(id: &[u8], content: &[u8]) -> Vec<u8> {
    let size = 0x1000_0000 | u32::try_from(content.len()).unwrap();
    [id, &size.to_be_bytes(), content].concat()
}

/// A WebM or Matroska file with tracks of these types.
fn matroska(doc_type: &str, tracks: &[u8]) -> Vec<u8> {
    let entries: Vec<_> = tracks
        .iter()
        .flat_map(|kind| element(&[0xae], &[element(&[0xd7], &[1]), element(&[0x83], &[*kind])].concat()))
        .collect();
    let mut file = element(&ebml::MAGIC, &element(&[0x42, 0x82], doc_type.as_bytes()));
    // A live recording does not know how long it will be.
    file.extend([0x18, 0x53, 0x80, 0x67, 0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]);
    file.extend(element(&[0x15, 0x49, 0xa9, 0x66], &[0; 40]));
    file.extend(element(&[0x16, 0x54, 0xae, 0x6b], &entries));
    file.extend(element(&[0x1f, 0x43, 0xb6, 0x75], &[0x83, 0x81, 1]));
    file
}

fn mp4_box(name: &[u8], content: &[u8]) -> Vec<u8> {
    let len = u32::try_from(content.len() + 8).unwrap();
    [&len.to_be_bytes(), name, content].concat()
}

/// An MP4 whose index stands behind the data.
fn mp4_file(brand: &[u8], handlers: &[&[u8]]) -> Vec<u8> {
    let tracks: Vec<_> = handlers
        .iter()
        .flat_map(|handler| {
            let hdlr = mp4_box(b"hdlr", &[&[0; 8], *handler, &[0; 13]].concat());
            mp4_box(b"trak", &[mp4_box(b"tkhd", &[0; 84]), mp4_box(b"mdia", &hdlr)].concat())
        })
        .collect();
    [
        mp4_box(b"ftyp", &[brand, &[0; 8]].concat()),
        mp4_box(b"mdat", &[7; 20_000]),
        mp4_box(b"moov", &[mp4_box(b"mvhd", &[0; 100]), tracks].concat()),
    ]
    .concat()
}

fn ogg_page(flags: u8, payload: &[u8]) -> Vec<u8> {
    let mut page = b"OggS\0".to_vec();
    page.push(flags);
    page.extend([0; 20]);
    page.extend([1, u8::try_from(payload.len()).unwrap()]);
    page.extend(payload);
    page
}

fn frames(header: &[u8], len: usize) -> Vec<u8> {
    let mut frame = header.to_vec();
    frame.resize(len, 0x55);
    frame.repeat(3)
}

#[test]
fn the_content_tells_the_type() {
    let wav = [b"RIFF\x24\0\0\0WAVEfmt ".as_slice(), &[0; 24]].concat();
    let flac = [b"fLaC\0\0\0\x22".as_slice(), &[0; 34]].concat();
    for (what, bytes, kind, mime, extension) in [
        ("a voice message", matroska("webm", &[2]), Audio, "audio/webm", "webm"),
        ("a WebM film", matroska("webm", &[1, 2]), Video, "video/webm", "webm"),
        (
            "a silent WebM film",
            matroska("webm", &[1]),
            Video,
            "video/webm",
            "webm",
        ),
        (
            "a padded document type",
            matroska("webm\0\0", &[2]),
            Audio,
            "audio/webm",
            "webm",
        ),
        (
            "a Matroska film",
            matroska("matroska", &[2, 1]),
            File,
            "video/x-matroska",
            "mkv",
        ),
        (
            "Matroska sound",
            matroska("matroska", &[2]),
            File,
            "audio/x-matroska",
            "mka",
        ),
        (
            "an MP4 film",
            mp4_file(b"isom", &[b"vide", b"soun"]),
            Video,
            "video/mp4",
            "mp4",
        ),
        ("MP4 sound", mp4_file(b"M4A ", &[b"soun"]), Audio, "audio/mp4", "m4a"),
        (
            "MP4 sound under a film's brand",
            mp4_file(b"isom", &[b"soun"]),
            Audio,
            "audio/mp4",
            "m4a",
        ),
        (
            "a QuickTime film",
            mp4_file(b"qt  ", &[b"soun", b"vide"]),
            Video,
            "video/quicktime",
            "mov",
        ),
        ("Opus in Ogg", ogg_page(2, b"OpusHead\x01"), Audio, "audio/ogg", "ogg"),
        ("Vorbis in Ogg", ogg_page(2, b"\x01vorbis\0"), Audio, "audio/ogg", "ogg"),
        (
            "an Ogg film",
            [ogg_page(2, b"\x01vorbis\0"), ogg_page(2, b"\x80theora\x03")].concat(),
            Video,
            "video/ogg",
            "ogv",
        ),
        ("a WAV", wav, Audio, "audio/wav", "wav"),
        ("a FLAC", flac, Audio, "audio/flac", "flac"),
        (
            "an MP3 with a tag",
            b"ID3\x04\0\0\0\0\x02\x01\xff\xff".to_vec(),
            Audio,
            "audio/mpeg",
            "mp3",
        ),
        (
            "an MP3 without a tag",
            frames(&[0xff, 0xfb, 0x90, 0x64], 417),
            Audio,
            "audio/mpeg",
            "mp3",
        ),
        (
            "an AAC stream",
            frames(&[0xff, 0xf1, 0x50, 0x80, 0x02, 0x1f, 0xfc], 16),
            Audio,
            "audio/aac",
            "aac",
        ),
        ("a PDF", b"%PDF-1.7\n%\xe2\xe3".to_vec(), File, "application/pdf", "pdf"),
        (
            "a PDF of words only",
            b"%PDF-1.4\n1 0 obj".to_vec(),
            File,
            "application/pdf",
            "pdf",
        ),
        (
            "a ZIP",
            b"PK\x03\x04\x14\0\0\0\x08\0\0\0\0\0".to_vec(),
            File,
            "application/zip",
            "zip",
        ),
        (
            "a program",
            [b"\x7fELF\x02\x01\x01".as_slice(), &[0; 60]].concat(),
            File,
            "application/x-executable",
            "elf",
        ),
        (
            "a text",
            b"just words\r\n\tand more \xc3\xa4".to_vec(),
            File,
            "text/plain",
            "txt",
        ),
        (
            "a page",
            b"<!doctype html><script>alert(1)</script>".to_vec(),
            File,
            "text/plain",
            "txt",
        ),
        (
            "an SVG",
            b"<svg xmlns='http://www.w3.org/2000/svg' onload='a()'/>".to_vec(),
            File,
            "text/plain",
            "txt",
        ),
        (
            "an XML",
            b"<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b 'c'>]><a/>".to_vec(),
            File,
            "text/plain",
            "txt",
        ),
        ("a script", b"#!/bin/sh\nrm -rf /\n".to_vec(), File, "text/plain", "txt"),
        (
            "PostScript",
            b"%!PS-Adobe-3.0 EPSF-3.0\n".to_vec(),
            File,
            "text/plain",
            "txt",
        ),
        (
            "a long text",
            "\u{e4}".repeat(9_001).into_bytes(),
            File,
            "text/plain",
            "txt",
        ),
        (
            "a long text, cut inside of a character",
            format!("a{}", "\u{e4}".repeat(9_001)).into_bytes(),
            File,
            "text/plain",
            "txt",
        ),
    ] {
        let expected = Content::Other {
            mime,
            extension: Some(extension),
            kind,
        };
        assert_eq!(sniffed(&bytes), expected, "{what}");
    }
}

#[test]
fn pictures_go_by_their_signature() {
    assert_eq!(sniffed(b"\x89PNG\r\n\x1a\n\0"), Content::Picture(Format::Png));
    assert_eq!(sniffed(b"\xff\xd8\xff\xe0"), Content::Picture(Format::Jpeg));
    assert_eq!(sniffed(b"GIF87a\0"), Content::Picture(Format::Gif));
    assert_eq!(sniffed(b"GIF89a\0"), Content::Picture(Format::Gif));
    assert_eq!(sniffed(b"RIFF\0\0\0\0WEBPVP8 "), Content::Picture(Format::WebP));
}

#[test]
fn foreign_pictures_and_texts_in_old_encodings_have_no_type() {
    for (what, bytes) in [
        ("a TIFF", b"II*\0\x08\0\0\0\0\0\0\0".as_slice()),
        ("a Windows bitmap", b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0"),
        ("an icon", b"\0\0\x01\0\x01\0\x10\x10\0\0"),
        ("a HEIF", b"\0\0\0\x18ftypheic\0\0\0\0heicmif1"),
        ("a page in Latin-1", b"<html><body>caf\xe9</body></html>"),
        ("a page with a NUL", b"<!DOCTYPE html>\0<script>"),
        ("a text that ends inside of a character", b"caf\xc3"),
        ("anything", &[0, 1, 2, 3]),
    ] {
        let Content::Other { mime, kind, .. } = sniffed(bytes) else {
            panic!("{what} is no picture of ours");
        };
        assert_eq!((mime, kind), (UNKNOWN_MIME, File), "{what}");
    }
}

#[test]
fn one_frame_of_sound_could_be_chance() {
    for frame in [
        [0xff, 0xfb, 0x90, 0x64, 0, 0, 0],
        [0xff, 0xf1, 0x50, 0x80, 0x02, 0x1f, 0xfc],
    ] {
        let bytes = [frame.as_slice(), &[0; 1_000]].concat();
        let Content::Other { kind, .. } = sniffed(&bytes) else {
            panic!("no picture");
        };
        assert_eq!(kind, File);
    }
}

#[test]
fn words_that_look_like_a_signature_stay_words() {
    for text in [
        "ID3 is a tag",
        "OggS is a page",
        "GIF8 is no GIF",
        "RIFF\u{7e}abcWAVE but not a sound",
        "fLaC, a codec",
        "\u{7e}BM",
    ] {
        let expected = Content::file("text/plain", "txt");
        assert_eq!(sniffed(text.as_bytes()), expected, "{text}");
    }
}

#[test]
fn containers_without_tracks_have_no_type() {
    for bytes in [
        matroska("webm", &[]),
        matroska("webm", &[17]),
        mp4_file(b"isom", &[]),
        mp4_file(b"isom", &[b"text"]),
        ogg_page(2, b"fishead\0"),
    ] {
        let Content::Other { kind, .. } = sniffed(&bytes) else {
            panic!("no picture");
        };
        assert_eq!(kind, File);
    }
}

#[test]
fn lying_lengths_end_the_search() {
    let mut long_box = mp4_box(b"ftyp", b"isom\0\0\0\0");
    long_box.extend(b"\0\0\0\x01mdat\x7f\xff\xff\xff\xff\xff\xff\xff");
    let mut long_element = ebml::MAGIC.to_vec();
    long_element.extend([0x84, 0xec, 0x01, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]);
    let zero_boxes = [mp4_box(b"ftyp", b"isom"), vec![0; 4_096]].concat();
    for bytes in [long_box, long_element, zero_boxes] {
        assert!(matches!(sniffed(&bytes), Content::Other { kind: File, .. }));
    }
}

#[test]
fn what_a_signature_calls_a_file_fits_into_its_key() {
    let Content::Other { mime, extension, .. } = sniffed(b"\x1f\xa0 squeezed by compress") else {
        panic!("no picture")
    };
    assert_eq!((mime, extension), ("application/x-compress", None));
    let Content::Other { extension, .. } = sniffed(b"\x1f\x8b\x08 squeezed by gzip") else {
        panic!("no picture")
    };
    assert_eq!(extension, Some("gz"));
}
