//! The commands that both edges read: as any bytes, and as JSON made of their own names.
//!
//! Whatever comes is read or refused with code 400 or 1004, in a few words.

#![no_main]

use libfuzzer_sys::arbitrary::{Result, Unstructured};
use libfuzzer_sys::fuzz_target;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use wire::Failure;
use wire::command::{
    self, CreateRoom, EditMessage, FindOpenRooms, FindUsers, History, Page, React, Read, SendMessage, Sending,
    UpdateProfile, UpdateRoom,
};
use wire::decode::decode_value;
use wire::invitation::{CreateInvitation, ListInvitations, OneInvitation};
use wire::preference::{ListPreferences, SetPreferences};
use wire::search::Search;

/// The longest text of a refusal, in characters.
const WORDS_MAX: usize = 500;

const NAMES: &[&str] = &[
    "adminIds",
    "after",
    "afterSeq",
    "aroundSeq",
    "before",
    "beforeSeq",
    "bio",
    "channelId",
    "clientMsgId",
    "code",
    "contentType",
    "creatorId",
    "cursor",
    "duration",
    "email",
    "emoji",
    "expiresIn",
    "from",
    "github",
    "has",
    "id",
    "image",
    "items",
    "joinPolicy",
    "key",
    "lastReadSeq",
    "limit",
    "maxUses",
    "mediaMessage",
    "memberIds",
    "mention",
    "mentionsMe",
    "messageId",
    "name",
    "on",
    "peaks",
    "permission",
    "q",
    "qq",
    "readMessage",
    "recallMessage",
    "recallMsgId",
    "replyId",
    "roomId",
    "roomName",
    "seq",
    "start",
    "text",
    "textMessage",
    "updatedAt",
    "url",
    "userName",
    "value",
    "wechat",
];

const WORDS: &[&str] = &[
    "",
    " ",
    "\0",
    "TEXT_MESSAGE",
    "MEDIA_MESSAGE",
    "READ_MESSAGE",
    "RECALL_MESSAGE",
    "SYSTEM_MESSAGE",
    "open",
    "invite",
    "user",
    "admin",
    "file",
    "link",
    "true",
    "false",
    "0",
    "7",
    "-1",
    "9223372036854775807",
    "9223372036854775808",
    "1e400",
    "2026-02-30",
    "2026-01-31",
    "2026-01-31T09:15:30.123+01:00",
    "-262144-01-01",
    "+262142-12-31T23:59:60Z",
    "👍",
    "👩‍👩‍👧‍👦",
    "ﬁ",
    "a@b.example",
    "/uploads/a.png",
];

fuzz_target!(|input: &[u8]| {
    read_all(&Bytes(input));
    let mut unstructured = Unstructured::new(input);
    if let Ok(value) = value(&mut unstructured, 4) {
        let text = value.to_string();
        read_all(&Bytes(text.as_bytes()));
        read_all(&Parsed(&value));
    }
});

/// One way in which a command comes.
trait Reader {
    fn read<T: DeserializeOwned>(&self) -> std::result::Result<T, Failure>;
}

struct Bytes<'a>(&'a [u8]);

impl Reader for Bytes<'_> {
    fn read<T: DeserializeOwned>(&self) -> std::result::Result<T, Failure> {
        wire::decode(self.0)
    }
}

struct Parsed<'a>(&'a Value);

impl Reader for Parsed<'_> {
    fn read<T: DeserializeOwned>(&self) -> std::result::Result<T, Failure> {
        decode_value(self.0.clone())
    }
}

/// Reads the input as every command.
fn read_all(reader: &impl Reader) {
    check(reader.read::<SendMessage>().and_then(Sending::try_from));
    check(
        reader
            .read::<CreateRoom>()
            .and_then(service::room::CreateRoom::try_from),
    );
    check(
        reader
            .read::<UpdateRoom>()
            .and_then(<(domain::RoomId, service::room::UpdateRoom)>::try_from),
    );
    check(reader.read::<EditMessage>());
    check(reader.read::<React>());
    check(reader.read::<Read>());
    check(reader.read::<History>().and_then(|history| history.anchor()));
    check(reader.read::<Page>().and_then(|page| command::limit(page.limit)));
    check(
        reader
            .read::<FindOpenRooms>()
            .and_then(domain::room::OpenRoomsPage::try_from),
    );
    check(
        reader
            .read::<UpdateProfile>()
            .and_then(domain::user::ProfileChange::try_from),
    );
    check(reader.read::<FindUsers>().and_then(|find| find.filter()));
    check(reader.read::<Search>().and_then(domain::search::SearchPage::try_from));
    check(
        reader
            .read::<CreateInvitation>()
            .map(service::invitation::CreateInvitation::from),
    );
    check(reader.read::<ListInvitations>());
    check(reader.read::<OneInvitation>());
    check(reader.read::<ListPreferences>().and_then(|list| list.page()));
    check(
        reader
            .read::<SetPreferences>()
            .and_then(Vec::<service::preference::SetPreference>::try_from),
    );
}

fn check<T>(result: std::result::Result<T, Failure>) {
    let Err(failure) = result else { return };
    assert!([400, 1004].contains(&failure.code), "{failure:?}");
    assert!(!failure.message.is_empty(), "{failure:?}");
    assert!(failure.message.chars().count() <= WORDS_MAX, "{failure:?}");
}

/// JSON of the commands' own names and of values that are at some border.
fn value(from: &mut Unstructured<'_>, depth: usize) -> Result<Value> {
    Ok(match from.int_in_range(0..=if depth == 0 { 6 } else { 9 })? {
        0 => Value::Null,
        1 => json!(from.arbitrary::<bool>()?),
        2 => json!(from.arbitrary::<i64>()?),
        3 => json!(from.arbitrary::<u64>()?),
        4 => json!(from.arbitrary::<f64>()?),
        5 => json!(from.choose(WORDS)?),
        6 => json!(from.arbitrary::<&str>()?),
        7 => {
            let items = from.int_in_range(0..=4)?;
            (0..items)
                .map(|_| value(from, depth - 1))
                .collect::<Result<Vec<_>>>()?
                .into()
        }
        _ => {
            let mut fields = Map::new();
            for _ in 0..from.int_in_range(0..=8)? {
                let name = match from.ratio(1, 16)? {
                    true => from.arbitrary::<&str>()?,
                    false => from.choose(NAMES)?,
                };
                fields.insert(name.to_owned(), value(from, depth - 1)?);
            }
            fields.into()
        }
    })
}
