//! Schemas that cannot be derived: of ids, and of people and messages, which are written straight
//! from what is stored.

use paperclip::actix::OperationModifier;
use paperclip::v2::models::{DataType, DataTypeFormat, DefaultSchemaRaw};
use paperclip::v2::schema::{Apiv2Schema, TypedData};

use crate::id::Flag;
use crate::message::{MediaMessage, Reaction, ReadMessage, RecallMessage, SystemMessage, TextMessage};
use crate::{Id, Message, User};

impl TypedData for Id {
    fn data_type() -> DataType {
        DataType::Integer
    }

    fn format() -> Option<DataTypeFormat> {
        Some(DataTypeFormat::Int64)
    }
}

impl TypedData for Flag {
    fn data_type() -> DataType {
        DataType::Boolean
    }
}

impl OperationModifier for User {}

impl Apiv2Schema for User {
    fn name() -> Option<String> {
        Some("User".to_owned())
    }

    fn description() -> &'static str {
        "A person as others see them."
    }

    fn raw_schema() -> DefaultSchemaRaw {
        let mut schema = object::<Self>();
        add::<i64>(&mut schema, "id", "Id.");
        add::<String>(&mut schema, "userName", "Name.");
        add::<String>(
            &mut schema,
            "image",
            "URL of the picture; of a generated one where there is none.",
        );
        add::<String>(&mut schema, "bio", "A few words about oneself.");
        add::<String>(&mut schema, "github", "GitHub name.");
        add::<bool>(&mut schema, "online", "True while a connection of theirs is open.");
        schema
    }
}

impl OperationModifier for Message {}

impl Apiv2Schema for Message {
    fn name() -> Option<String> {
        Some("Message".to_owned())
    }

    fn description() -> &'static str {
        "A message. Just one of the payloads is set, the one that `contentType` names."
    }

    fn raw_schema() -> DefaultSchemaRaw {
        let mut schema = object::<Self>();
        add::<i64>(&mut schema, "id", "Id.");
        add::<i64>(&mut schema, "seq", "Its place in its room: 1, 2, 3 … without gaps.");
        add::<i64>(
            &mut schema,
            "rev",
            "The room's count of changes at which it changed last.",
        );
        add::<Option<String>>(&mut schema, "clientMsgId", "The sender's own id for it.");
        add::<String>(&mut schema, "contentType", "Which of the payloads is set.");
        add::<i64>(&mut schema, "channelId", "The room's id.");
        add::<i64>(&mut schema, "roomId", "The room's id.");
        add::<Option<i64>>(&mut schema, "userId", "Its author; for a notice who caused it.");
        add::<Option<User>>(&mut schema, "user", "Its author.");
        add::<Option<TextMessage>>(&mut schema, "textMessage", "Words.");
        add::<Option<MediaMessage>>(&mut schema, "mediaMessage", "A file.");
        add::<Option<ReadMessage>>(&mut schema, "readMessage", "Always null in a stored message.");
        add::<Option<RecallMessage>>(&mut schema, "recallMessage", "Who took it back.");
        add::<Option<SystemMessage>>(&mut schema, "systemMessage", "A notice of the server.");
        add::<Option<i64>>(&mut schema, "replyId", "The message that it answers.");
        add::<bool>(&mut schema, "isRecalled", "True once it was taken back.");
        add::<bool>(&mut schema, "isEdited", "True once its author changed it.");
        add::<Vec<Reaction>>(&mut schema, "reactions", "Who reacted with what.");
        add::<String>(&mut schema, "createdAt", "When it was stored.");
        add::<String>(&mut schema, "updatedAt", "When it changed last.");
        // Only the reference: the schema of a message would hold itself for ever.
        let reply = DefaultSchemaRaw {
            reference: Some("#/definitions/Message".to_owned()),
            ..Default::default()
        };
        schema.properties.insert("reply".to_owned(), reply.into());
        schema
    }
}

fn object<T: Apiv2Schema>() -> DefaultSchemaRaw {
    DefaultSchemaRaw {
        name: T::name(),
        description: Some(T::description().to_owned()),
        data_type: Some(DataType::Object),
        ..Default::default()
    }
}

fn add<T: Apiv2Schema>(schema: &mut DefaultSchemaRaw, name: &str, description: &str) {
    let mut property = T::raw_schema();
    property.description = Some(description.to_owned());
    schema.properties.insert(name.to_owned(), property.into());
    if T::required() {
        schema.required.insert(name.to_owned());
    }
}
