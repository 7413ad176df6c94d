//! `POST /api/upload`

use domain::media::Scene;
use paperclip::actix::web::{self, ServiceConfig};
use paperclip::actix::{Apiv2Schema, api_v2_operation};
use serde::{Deserialize, Serialize};
use service::Actor;
use service::media::MediaService;
use wire::message::MediaMessage;

use crate::answer::{Answer, OneOf};
use crate::error::{ApiError, ApiResult};
use crate::extract::{CurrentUser, Inject, decode, read_json};
use crate::media::{Incoming, receive};

/// A wish for a place in object storage.
#[derive(Deserialize, Apiv2Schema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Presign {
    /// The extension of the file.
    file_ext: String,
    /// What the file is for: `message`, the only scene that can be pre-signed.
    upload_scene: String,
}

/// A place in object storage.
#[derive(Serialize, Apiv2Schema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Presigned {
    /// Where to `PUT` the bytes, within minutes.
    pre_signed_url: String,
    /// The URL to send in a message afterwards.
    endpoint_url: String,
}

/// What an upload answers: the file, or the place for it.
type Uploaded = OneOf<MediaMessage, Presigned>;

/// Mounts the endpoint.
pub(crate) fn mount(config: &mut ServiceConfig<'_>) {
    config.service(web::resource("/upload").route(web::post().to(upload)));
}

/// Stores a file, or promises a place for it in object storage.
///
/// A form holds the `file` and its `scene`, in any order. With a JSON body the answer is a
/// pre-signed URL, where object storage is configured.
#[api_v2_operation(tags("media"), operation_id = "upload", consumes = "multipart/form-data")]
pub(crate) async fn upload(
    CurrentUser(me): CurrentUser,
    incoming: Incoming,
    media: Inject<dyn MediaService>,
) -> ApiResult<Answer<Uploaded>> {
    let uploaded = if incoming.is_form() {
        let upload = receive(me, incoming, media).await?;
        OneOf::First(MediaMessage::from(&upload))
    } else {
        OneOf::Second(presign(&me, incoming, &*media).await?)
    };
    Ok(Answer::new(uploaded))
}

async fn presign(me: &Actor, mut incoming: Incoming, media: &dyn MediaService) -> ApiResult<Presigned> {
    let body = read_json(&incoming.headers, &mut incoming.payload, incoming.piece_timeout).await?;
    let wish: Presign = decode(if body.is_empty() { b"{}" } else { &body })?;
    let scene = Scene::parse(&wish.upload_scene)
        .ok_or_else(|| ApiError::new(400, "uploadScene: must be avatar, room or message"))?;
    let place = media.presign(me, &wish.file_ext, scene).await?;
    Ok(Presigned {
        pre_signed_url: place.put_url,
        endpoint_url: place.url,
    })
}
