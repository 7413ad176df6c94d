//! A use case that a handler asks for. One that is not wired does not compile.

use std::future::{Ready, ready};
use std::ops::Deref;
use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use paperclip::actix::OperationModifier;
use paperclip::v2::schema::Apiv2Schema;
use service::Services;
use shaku::{HasComponent, Interface};

use crate::Edge;
use crate::error::{ApiError, ApiResult};

/// A component of the services.
pub(crate) struct Inject<I: ?Sized>(Arc<I>);

impl<I: ?Sized> Deref for Inject<I> {
    type Target = I;

    fn deref(&self) -> &I {
        &self.0
    }
}

impl<I: Interface + ?Sized> FromRequest for Inject<I>
where
    dyn Services: HasComponent<I>,
{
    type Error = ApiError;
    type Future = Ready<ApiResult<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(edge(request).map(|edge| Self(HasComponent::<I>::resolve(&*edge.services))))
    }
}

impl<I: Interface + ?Sized> Apiv2Schema for Inject<I> {}
impl<I: Interface + ?Sized> OperationModifier for Inject<I> {}

/// What [`crate::app`] was made with.
pub(crate) fn edge(request: &HttpRequest) -> ApiResult<&Edge> {
    request
        .app_data::<web::Data<Edge>>()
        .map(|edge| &***edge)
        .ok_or_else(|| ApiError::internal("the app was made without its edge"))
}
