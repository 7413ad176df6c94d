//! The listener that serves nothing but WebSockets.
//!
//! actix answers the upgrade with its own HTTP stack, then hands the socket over, so that nothing
//! stands between a connection and the kernel. Its `App`, and with it all middleware, is not
//! asked: who may come in is decided by [`upgrade::admit`] alone.

use std::convert::Infallible;
use std::io;
use std::net::TcpListener;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use actix_codec::Framed;
use actix_http::body::{BodySize, MessageBody};
use actix_http::h1::{Codec, Message};
use actix_http::ws::{handshake_response, verify_handshake};
use actix_http::{ConnectionType, HttpService, Request, Response};
use actix_service::{Service, apply_fn_factory};
use actix_web::HttpResponse;
use actix_web::body::BoxBody;
use actix_web::dev::{Server, fn_service};
use actix_web::rt::net::TcpStream;
use bytes::Bytes;
use futures_util::SinkExt;
use tokio::time::timeout;

use crate::connection;
use crate::shared::Shared;
use crate::transport::{SocketFrames, SocketTransport};
use crate::upgrade;

/// How long a client may take to send the head of its request.
const HEAD_TIMEOUT: Duration = Duration::from_secs(10);
/// Most sockets of one worker that are not upgraded yet.
const SOCKETS: usize = 250_000;

/// Serves the gateway at a listener of its own.
pub(crate) fn serve(shared: &Arc<Shared>, listener: TcpListener, workers: usize) -> io::Result<Server> {
    let shared = Arc::clone(shared);
    let server = Server::build()
        .workers(workers)
        .max_concurrent_connections(SOCKETS)
        .disable_signals()
        .listen("gateway", listener, move || {
            let shared = Arc::clone(&shared);
            // How long a socket may be open without being upgraded, whatever it asks for meanwhile.
            let patience = shared.options.handshake_timeout * 2;
            let upgraded = move |(request, socket): (Request, Framed<TcpStream, Codec>)| {
                let shared = Arc::clone(&shared);
                async move {
                    if let Err(error) = take_over(&shared, &request, socket).await {
                        tracing::debug!(%error, "a client left in mid-upgrade");
                    }
                    Ok::<_, Infallible>(())
                }
            };
            let http = HttpService::build()
                .client_request_timeout(HEAD_TIMEOUT)
                .upgrade(fn_service(upgraded))
                .h1(fn_service(
                    |request| async move { Ok::<_, Infallible>(refuse(&request)) },
                ))
                .tcp();
            apply_fn_factory(http, move |socket: TcpStream, http| {
                let served = timeout(patience, http.call(socket));
                async move { served.await.unwrap_or(Ok(())) }
            })
        })?;
    Ok(server.run())
}

/// Answers an upgrade and starts the connection.
async fn take_over(shared: &Arc<Shared>, request: &Request, mut socket: Framed<TcpStream, Codec>) -> io::Result<()> {
    let admission = match upgrade::admit(shared, request.head()) {
        Ok(admission) => admission,
        Err(refusal) => return tell((*refusal).into(), socket).await,
    };
    let answer = handshake_response(request.head())
        .message_body(())
        .map_err(|error| io::Error::other(error.to_string()))?;
    socket.send(Message::Item((answer, BodySize::None))).await?;
    let parts = socket.into_parts();
    let transport = Rc::new(SocketTransport::new(parts.io, parts.read_buf));
    let frames = SocketFrames::new(Rc::clone(&transport), shared.options.max_frame);
    connection::start(Arc::clone(shared), admission, transport, Box::new(frames));
    Ok(())
}

/// Tells a client why it may not come in, and closes.
async fn tell(answer: Response<BoxBody>, mut socket: Framed<TcpStream, Codec>) -> io::Result<()> {
    let (mut head, body) = answer.into_parts();
    head.head_mut().set_connection_type(ConnectionType::Close);
    let body: Bytes = body.try_into_bytes().unwrap_or_default();
    let size = BodySize::Sized(body.len().try_into().unwrap_or(u64::MAX));
    socket.send(Message::Item((head, size))).await?;
    socket.send(Message::Chunk(Some(body))).await?;
    socket.close().await
}

/// The answer to a request that asks for no upgrade at all.
fn refuse(request: &Request) -> Response<BoxBody> {
    let answer = match verify_handshake(request.head()) {
        Err(error) => upgrade::no_upgrade(error),
        Ok(()) => HttpResponse::BadRequest().finish(),
    };
    answer.into()
}
