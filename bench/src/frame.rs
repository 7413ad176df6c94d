//! WebSocket frames as a client reads and writes them (RFC 6455, section 5).
//!
//! The generator must cost far less than the servers, so it walks over the bytes of a read where
//! they lie and hands out slices. Nothing is copied but the rest of a message that is not whole.

use anyhow::{Result, bail};

/// How a message or a control frame is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Opcode {
    /// A text message.
    Text = 1,
    /// A binary message.
    Binary = 2,
    /// The end.
    Close = 8,
    /// To be answered with a pong.
    Ping = 9,
    /// The answer to a ping.
    Pong = 10,
}

const CONTINUATION: u8 = 0;
const FINAL: u8 = 0x80;
const MASKED: u8 = 0x80;
/// Servers do not care which mask it is, and a fixed one costs nothing.
const MASK: [u8; 4] = [0x37, 0xfa, 0x21, 0x3d];

/// A frame at the front of some bytes.
struct Frame<'a> {
    is_final: bool,
    opcode: u8,
    payload: &'a [u8],
    length: usize,
}

/// Joins fragments and remembers what was cut off by the end of a read.
#[derive(Default)]
pub(crate) struct FrameWalker {
    fragments: Option<(u8, Vec<u8>)>,
}

impl FrameWalker {
    /// Hands each whole message or control frame in `bytes` to `take`, and returns how many bytes
    /// were used. The caller brings the rest again, with more behind it.
    pub(crate) fn walk(&mut self, bytes: &[u8], mut take: impl FnMut(Opcode, &[u8]) -> Result<()>) -> Result<usize> {
        let mut used = 0;
        while let Some(frame) = first_frame(&bytes[used..])? {
            used += frame.length;
            match (frame.opcode, frame.is_final) {
                (CONTINUATION, is_final) => {
                    let Some((opcode, mut message)) = self.fragments.take() else {
                        bail!("a continuation of nothing");
                    };
                    message.extend_from_slice(frame.payload);
                    if is_final {
                        take(opcode_of(opcode)?, &message)?;
                    } else {
                        self.fragments = Some((opcode, message));
                    }
                }
                (opcode, false) => self.fragments = Some((opcode, frame.payload.to_vec())),
                (opcode, true) => take(opcode_of(opcode)?, frame.payload)?,
            }
        }
        Ok(used)
    }
}

fn first_frame(bytes: &[u8]) -> Result<Option<Frame<'_>>> {
    let [first, second, rest @ ..] = bytes else {
        return Ok(None);
    };
    if second & MASKED != 0 {
        bail!("a server may not mask");
    }
    let (length, head) = match (second & 0x7f, rest) {
        (126, [a, b, ..]) => (usize::from(u16::from_be_bytes([*a, *b])), 4),
        (127, [0, 0, 0, 0, a, b, c, d, ..]) => (usize::try_from(u32::from_be_bytes([*a, *b, *c, *d]))?, 10),
        (127, [_, _, _, _, _, _, _, _, ..]) => bail!("a frame above 4 GiB"),
        (126 | 127, _) => return Ok(None),
        (short, _) => (usize::from(short), 2),
    };
    Ok(bytes.get(head..head + length).map(|payload| Frame {
        is_final: first & FINAL != 0,
        opcode: first & 0x0f,
        payload,
        length: head + length,
    }))
}

fn opcode_of(code: u8) -> Result<Opcode> {
    Ok(match code {
        1 => Opcode::Text,
        2 => Opcode::Binary,
        8 => Opcode::Close,
        9 => Opcode::Ping,
        10 => Opcode::Pong,
        other => bail!("opcode {other} does not exist"),
    })
}

/// Appends a message in one frame, masked as a client must.
pub(crate) fn write_frame(opcode: Opcode, payload: &[u8], output: &mut Vec<u8>) {
    output.push(FINAL | opcode as u8);
    match (u8::try_from(payload.len()), u16::try_from(payload.len())) {
        (Ok(length @ 0..126), _) => output.push(MASKED | length),
        (_, Ok(length)) => {
            output.push(MASKED | 126);
            output.extend_from_slice(&length.to_be_bytes());
        }
        _ => {
            output.push(MASKED | 127);
            output.extend_from_slice(&(payload.len() as u64).to_be_bytes());
        }
    }
    output.extend_from_slice(&MASK);
    output.extend(payload.iter().zip(MASK.iter().cycle()).map(|(byte, mask)| byte ^ mask));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn server_frame(first: u8, payload: &[u8]) -> Vec<u8> {
        let mut frame = vec![first];
        match payload.len() {
            length @ 0..126 => frame.push(u8::try_from(length).unwrap()),
            length @ 126..65536 => {
                frame.push(126);
                frame.extend(u16::try_from(length).unwrap().to_be_bytes());
            }
            length => {
                frame.push(127);
                frame.extend((length as u64).to_be_bytes());
            }
        }
        frame.extend(payload);
        frame
    }

    /// What a walker finds when the bytes come in reads of this size.
    fn walk_in_reads(stream: &[u8], read: usize) -> Vec<(Opcode, Vec<u8>)> {
        let mut walker = FrameWalker::default();
        let mut found = Vec::new();
        let mut waiting = Vec::new();
        for piece in stream.chunks(read) {
            waiting.extend_from_slice(piece);
            let used = walker
                .walk(&waiting, |opcode, payload| {
                    found.push((opcode, payload.to_vec()));
                    Ok(())
                })
                .unwrap();
            waiting.drain(..used);
        }
        assert!(waiting.is_empty());
        found
    }

    #[test]
    fn every_message_is_found_once_wherever_reads_end() {
        let sizes = [0, 1, 125, 126, 127, 1000, 65535, 65536, 70000];
        let stream: Vec<u8> = sizes
            .iter()
            .flat_map(|size| server_frame(0x82, &vec![7; *size]))
            .collect();
        for read in [1, 2, 3, 100, 4096, stream.len()] {
            let found = walk_in_reads(&stream, read);
            let lengths: Vec<usize> = found.iter().map(|(_, payload)| payload.len()).collect();
            assert_eq!(lengths, sizes, "reads of {read}");
        }
    }

    #[test]
    fn fragments_are_joined_around_a_ping() {
        let stream = [
            server_frame(0x01, b"one "),
            server_frame(0x89, b"ping"),
            server_frame(0x00, b"two "),
            server_frame(0x80, b"three"),
        ]
        .concat();
        let expected = [
            (Opcode::Ping, b"ping".to_vec()),
            (Opcode::Text, b"one two three".to_vec()),
        ];
        assert_eq!(walk_in_reads(&stream, 5), expected);
    }

    #[test]
    fn what_no_server_may_send_is_an_error() {
        let mut walker = FrameWalker::default();
        for bad in [&[0x82, 0x80, 0, 0, 0, 0][..], &[0x80, 0], &[0x83, 0]] {
            assert!(walker.walk(bad, |_, _| Ok(())).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn written_frames_are_masked_and_have_the_shortest_length() {
        let mut frame = Vec::new();
        write_frame(Opcode::Text, b"Hello", &mut frame);
        // The example of RFC 6455, section 5.7.
        assert_eq!(
            frame,
            [0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58]
        );
        for (size, head) in [(125, 2), (126, 4), (65535, 4), (65536, 10)] {
            let mut frame = Vec::new();
            write_frame(Opcode::Binary, &vec![0; size], &mut frame);
            assert_eq!(frame.len(), head + 4 + size);
        }
    }
}
