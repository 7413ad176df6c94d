//! A batch that the database refuses as a whole.

use domain::UserId;
use domain::message::{Content, TextContent};
use domain::port::{Change, ChangeError, Outcome};

use super::super::build::{at, draft};
use super::super::world::HomeKey;
use super::Ear;
use crate::Database;

/// The longest messages, as many as fit into a batch: more than a packet may hold.
pub(super) async fn what_is_too_much_for_one_packet_goes_in_in_parts(database: (Database, HomeKey)) {
    let (world, ear) = Ear::on(database).await;
    let a = world.user("a").await;
    let room = world.room("room", &[a]).await;
    let mentioned: Vec<UserId> = (9_000_000_000..).map(UserId).take(50).collect();
    let mut long = draft(room, a, "?");
    long.content = Content::Text(TextContent::parse(&"😀".repeat(4000), &mentioned).unwrap());
    let mut batch = vec![Change::Append(long); 1100];
    let mut unknown = draft(room, a, "?");
    unknown.upload_key = Some("none".to_owned());
    batch.push(Change::Append(unknown));
    ear.take();
    let mut answers = world.log.commit(batch, at(1)).await;
    assert!(matches!(answers.pop(), Some(Err(ChangeError::NoSuchUpload))));
    for (answer, seq) in answers.iter().zip(1..) {
        assert!(matches!(answer, Ok(Outcome::Appended(message)) if message.seq == seq));
    }
    assert_eq!(answers.len(), 1100);
    let heard = ear.take();
    let inserts = heard
        .iter()
        .filter(|statement| statement.sql.starts_with("INSERT INTO messages"));
    assert!(inserts.count() < 10, "in few parts");
}
