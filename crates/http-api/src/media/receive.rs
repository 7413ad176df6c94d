//! Takes a file out of a form, piece by piece: memory does not grow with it.

use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;
use std::time::Duration;

use actix_multipart::{Field, Multipart, MultipartError};
use actix_web::error::PayloadError;
use actix_web::http::header::CONTENT_LENGTH;
use async_trait::async_trait;
use bytes::Bytes;
use domain::PortError;
use domain::media::{Scene, Upload};
use domain::port::Chunks;
use futures_channel::mpsc::{Receiver, channel};
use futures_util::stream::poll_fn;
use futures_util::{SinkExt, Stream, StreamExt, future};
use serde::Deserialize;
use service::Actor;
use service::media::{MediaService, Received};
use tokio::time::timeout;
use tracing::Instrument;

use super::Incoming;
use crate::error::{ApiError, ApiResult};
use crate::extract::{Inject, discard, read_query};

/// What a form may have besides the file, in bytes.
const FRAME_MAX: u64 = 64 * 1024;
/// Most fields of a form.
const FIELDS_MAX: usize = 16;
/// Longest value of a field that is no file, in bytes.
const FIELD_MAX: usize = 256;
/// Pieces on their way from the network to the store.
const QUEUE: usize = 4;

/// The query of an upload.
#[derive(Deserialize)]
struct SceneQuery {
    scene: Option<String>,
}

/// A form, and how long each piece of it may take.
struct Form {
    parts: Multipart,
    piece_timeout: Duration,
}

/// Stores the file of a form. Goes on when the caller's connection is gone, and with it the caller,
/// since what has come of the file must then be removed, or its row be written.
pub(crate) async fn receive(me: Actor, incoming: Incoming, media: Inject<dyn MediaService>) -> ApiResult<Upload> {
    let work = async move { receive_form(&me, incoming, &*media).await };
    let work = actix_web::rt::spawn(work.in_current_span());
    work.await.map_err(ApiError::internal)?
}

async fn receive_form(me: &Actor, incoming: Incoming, media: &dyn MediaService) -> ApiResult<Upload> {
    let payload = Rc::new(RefCell::new(incoming.payload));
    let mut rest = shared(&payload);
    let length = incoming.headers.get(CONTENT_LENGTH);
    let length = length.and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    let result = if length.is_some_and(|length| length > incoming.limit.saturating_add(FRAME_MAX)) {
        Err(service::Error::TooLarge { limit: incoming.limit }.into())
    } else {
        let form = Form {
            parts: Multipart::new(&incoming.headers, shared(&payload)),
            piece_timeout: incoming.piece_timeout,
        };
        let mut received = None;
        let work = read_form(me, form, &incoming.query, media, &mut received);
        let scene = timeout(incoming.timeout, work).await.unwrap_or_else(|_| Err(late()));
        finish(me, scene, received, media).await
    };
    if result.is_err() {
        discard(&mut rest, incoming.piece_timeout).await;
    }
    result
}

/// Keeps the file of a form that was read to its end, and no other.
async fn finish(
    me: &Actor,
    scene: ApiResult<Scene>,
    received: Option<Received>,
    media: &dyn MediaService,
) -> ApiResult<Upload> {
    match (scene, received) {
        (Ok(scene), Some(received)) => Ok(media.keep(me, received, scene).await?),
        (Ok(_), None) => Err(ApiError::new(400, "missing field `file`")),
        (Err(error), Some(received)) => {
            media.discard(received).await?;
            Err(error)
        }
        (Err(error), None) => Err(error),
    }
}

/// Reads a form to its end, stores its file, and tells what the file is for: the scene may stand
/// before it or after it, or in the query.
async fn read_form(
    me: &Actor,
    mut form: Form,
    query: &str,
    media: &dyn MediaService,
    received: &mut Option<Received>,
) -> ApiResult<Scene> {
    let asked: SceneQuery = read_query(query)?;
    let mut scene = asked.scene.as_deref().map(parse_scene).transpose()?;
    let time = form.piece_timeout;
    for _ in 0..FIELDS_MAX {
        let Some(mut field) = next_of(&mut form.parts, time).await? else {
            return Ok(scene.unwrap_or(Scene::Message));
        };
        match field.name() {
            Some("file") if received.is_none() => *received = Some(store(me, field, time, scene, media).await?),
            Some("scene" | "uploadScene") => scene = Some(parse_scene(&read_text(&mut field, time).await?)?),
            _ => while next_of(&mut field, time).await?.is_some() {},
        }
    }
    Err(ApiError::new(400, "the form has too many fields"))
}

/// Hands the pieces of a field to the store. The field stays on its thread, the store may not.
async fn store(
    me: &Actor,
    mut field: Field,
    time: Duration,
    scene: Option<Scene>,
    media: &dyn MediaService,
) -> ApiResult<Received> {
    let name = file_name(&field);
    let (mut sender, receiver) = channel(QUEUE);
    let feed = async move {
        loop {
            let piece = next_of(&mut field, time).await;
            let (piece, end) = match piece {
                Ok(Some(piece)) => (Ok(piece), None),
                Ok(None) => return Ok(()),
                Err(error) => (Err(PortError::failed(error.to_string())), Some(error)),
            };
            // A store that has had enough says why itself.
            let is_wanted = sender.send(piece).await.is_ok();
            match end {
                Some(error) => return Err(error),
                None if !is_wanted => return Ok(()),
                None => {}
            }
        }
    };
    let take = async {
        // Dropped as soon as the store is done, or the feed would wait for ever.
        let mut body = Pieces(receiver);
        media.receive(me, &name, scene, &mut body).await
    };
    let (fed, stored) = future::join(feed, take).await;
    fed?;
    Ok(stored?)
}

/// The pieces of a file, at the store's end.
struct Pieces(Receiver<Result<Bytes, PortError>>);

#[async_trait]
impl Chunks for Pieces {
    async fn next(&mut self) -> Result<Option<Bytes>, PortError> {
        self.0.next().await.transpose()
    }
}

async fn read_text(field: &mut Field, time: Duration) -> ApiResult<String> {
    let mut text = Vec::new();
    while let Some(piece) = next_of(field, time).await? {
        text.extend_from_slice(&piece);
        if text.len() > FIELD_MAX {
            return Err(ApiError::new(400, "a field of the form is too long"));
        }
    }
    String::from_utf8(text).map_err(|_| ApiError::new(400, "a field of the form is not UTF-8"))
}

/// What comes next, within that time.
async fn next_of<T>(
    stream: &mut (impl Stream<Item = Result<T, MultipartError>> + Unpin),
    time: Duration,
) -> ApiResult<Option<T>> {
    let next = timeout(time, stream.next()).await.map_err(|_| late())?;
    next.transpose().map_err(|error| match error {
        MultipartError::Payload(_) => ApiError::new(400, "the upload broke off"),
        other => ApiError::new(400, format!("the form cannot be read: {other}")),
    })
}

fn parse_scene(word: &str) -> ApiResult<Scene> {
    Scene::parse(word.trim()).ok_or_else(|| ApiError::new(400, "scene: must be avatar, room or message"))
}

fn file_name(field: &Field) -> String {
    let disposition = field.content_disposition();
    let extended = disposition.and_then(|disposition| disposition.get_filename_ext());
    let extended = extended.and_then(|name| String::from_utf8(name.value.clone()).ok());
    let plain = || {
        disposition
            .and_then(|disposition| disposition.get_filename())
            .map(str::to_owned)
    };
    extended.or_else(plain).unwrap_or_default()
}

fn late() -> ApiError {
    ApiError::new(400, "the upload did not come in time")
}

/// A view of a body that others view as well.
fn shared(
    payload: &Rc<RefCell<actix_web::dev::Payload>>,
) -> impl Stream<Item = Result<Bytes, PayloadError>> + Unpin + 'static {
    let payload = Rc::clone(payload);
    poll_fn(move |context| Pin::new(&mut *payload.borrow_mut()).poll_next(context))
}
