//! Sending: what somebody says becomes a message.

use std::sync::Arc;

use domain::media::{MediaContent, Peaks, Scene, Upload, key_of, url_of};
use domain::message::{ClientMsgId, Content, MessageDetail, TEXT_MAX, TextContent};
use domain::port::{Change, Draft};
use domain::{Invalid, RoomId, UserId, text};

use super::{Messages, Outgoing, SendMessage};
use crate::media::{direct, file_name};
use crate::{Actor, Error, Result};

/// Longest sound or film whose length is believed, in seconds.
const DURATION_MAX: f64 = 24.0 * 60.0 * 60.0;

impl Messages {
    /// A repetition is answered with the first message whatever it says: one that would be
    /// refused now is looked up, all others the sequencer knows.
    pub(super) async fn send_message(&self, actor: &Actor, message: SendMessage) -> Result<Arc<MessageDetail>> {
        let client_msg_id = message.client_msg_id.as_deref().map(ClientMsgId::parse).transpose()?;
        match self.send_new(actor, message, client_msg_id.clone()).await {
            Err(refusal @ (Error::Invalid(_) | Error::NotFound | Error::Forbidden(_))) => {
                let first = match client_msg_id {
                    Some(id) => self.sent_before(actor, &id).await?,
                    None => None,
                };
                first.ok_or(refusal)
            }
            other => other,
        }
    }

    async fn sent_before(&self, actor: &Actor, id: &ClientMsgId) -> Result<Option<Arc<MessageDetail>>> {
        let Some(message) = self.messages.sent_as(actor.user_id, id).await? else {
            return Ok(None);
        };
        let room_id = message.room_id;
        let completed = self.details.complete(vec![message]).await?.pop();
        // Whoever was removed is not told what became of it, and of what it answers.
        let is_member = self.rooms.member(room_id, actor.user_id).await?.is_some();
        Ok(completed.filter(|_| is_member))
    }

    /// Membership is checked by the sequencer inside the storing transaction.
    async fn send_new(
        &self,
        actor: &Actor,
        message: SendMessage,
        client_msg_id: Option<ClientMsgId>,
    ) -> Result<Arc<MessageDetail>> {
        let (content, upload_key) = match message.body {
            Outgoing::Text { text, mention } => {
                let text = self.checked_text(message.room_id, &text, &mention).await?;
                (Content::Text(text), None)
            }
            Outgoing::Media {
                url,
                name,
                duration,
                text,
                peaks,
            } => {
                let upload = self.own_upload(actor, &url).await?;
                let (name, text, peaks) = (name.as_deref(), text.as_deref(), peaks.as_deref());
                let content = media_content(&upload, name, duration, text, peaks)?;
                (Content::Media(content), Some(upload.media.key))
            }
        };
        let draft = Draft {
            room_id: message.room_id,
            author: actor.user_id,
            content,
            reply_id: message.reply_id,
            client_msg_id,
            upload_key,
        };
        self.apply(Change::Append(draft)).await
    }

    /// Checks words and leaves out mentions of people who are no members.
    pub(super) async fn checked_text(&self, room_id: RoomId, text: &str, mention: &[UserId]) -> Result<TextContent> {
        let mut content = TextContent::parse(text, mention)?;
        if !content.mention.is_empty() {
            let members = self.rooms.members_among(room_id, &content.mention).await?;
            content
                .mention
                .retain(|id| members.iter().any(|member| member.user_id == *id));
        }
        Ok(content)
    }

    /// The caller's own upload behind a URL, looked into if it went straight to object storage.
    async fn own_upload(&self, actor: &Actor, url: &str) -> Result<Upload> {
        let unknown = || Error::from(Invalid::new("mediaMessage.url", "is no upload of yours"));
        let key = key_of(url).ok_or_else(unknown)?;
        let upload = self.uploads.get(key).await?.ok_or_else(unknown)?;
        let is_own = upload.owner == actor.user_id && upload.scene == Scene::Message && upload.media.key == key;
        if !is_own || upload.deleted_at.is_some() {
            return Err(unknown());
        }
        if !upload.is_pending {
            return Ok(upload);
        }
        let adopted = direct::adopt(&*self.store, &*self.uploads, upload, self.policy.upload_max);
        adopted.await?.ok_or_else(unknown)
    }
}

fn media_content(
    upload: &Upload,
    name: Option<&str>,
    duration: Option<f64>,
    caption: Option<&str>,
    peaks: Option<&[i64]>,
) -> Result<MediaContent> {
    if duration.is_some_and(|seconds| !(0.0..=DURATION_MAX).contains(&seconds)) {
        return Err(Invalid::new("mediaMessage.duration", "must be between 0 and 86400 seconds").into());
    }
    let caption = caption.filter(|caption| !text::is_blank(caption));
    let caption = caption
        .map(|caption| text::free("mediaMessage.text", caption, TEXT_MAX))
        .transpose()?;
    let media = &upload.media;
    let fallback = || format!("file.{}", media.extension);
    let name = match name {
        Some(name) => file_name(name),
        None if upload.name.is_empty() => fallback(),
        None => upload.name.clone(),
    };
    Ok(MediaContent {
        url: url_of(&media.key),
        name,
        extension: media.extension.clone(),
        mime: media.mime.clone(),
        size: media.size,
        width: media.width,
        height: media.height,
        duration,
        thumbnail: media.thumbnail.as_deref().map(url_of),
        kind: media.kind,
        text: caption,
        peaks: peaks.map(Peaks::parse).transpose()?,
    })
}
