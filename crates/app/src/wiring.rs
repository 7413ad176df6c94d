//! Which component stands behind which trait. The compiler checks that none is missing.
//!
//! Parameters are not checked by it, so each module is built by one function that takes them all.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result};
use broker::{Cluster, InProcessBroker, InProcessPresence};
use domain::port::{Broker, Presence};
use repository::{
    Database, SqlFriendRepository, SqlFriendRepositoryParameters, SqlHealthCheck, SqlHealthCheckParameters,
    SqlInvitationRepository, SqlInvitationRepositoryParameters, SqlMessageRepository, SqlMessageRepositoryParameters,
    SqlNewsRepository, SqlNewsRepositoryParameters, SqlPreferenceRepository, SqlPreferenceRepositoryParameters,
    SqlRoomLog, SqlRoomLogParameters, SqlRoomRepository, SqlRoomRepositoryParameters, SqlSessionRepository,
    SqlSessionRepositoryParameters, SqlUploadRepository, SqlUploadRepositoryParameters, SqlUserRepository,
    SqlUserRepositoryParameters,
};
use service::account::{Accounts, AccountsParameters, Attempts, TokenKey};
use service::friend::Friends;
use service::invitation::{Invitations, InvitationsParameters};
use service::limits::{Buckets, RateLimits, RateLimitsParameters};
use service::media::{Media, MediaParameters};
use service::message::{Details, Messages, MessagesParameters};
use service::preference::Preferences;
use service::presence::Presences;
use service::room::{Rooms, RoomsParameters, Views};
use service::{Directory, Policy, RoomSequencer, RoomSequencerParameters, Services};
use shaku::module;
use storage::{ObjectMediaStore, ObjectMediaStoreParameters, PictureLimits, Place, S3Settings};
use tokio::runtime::Handle;

use crate::clock::SystemClock;
use crate::config::{Config, MediaDriver, Registration, S3};

/// How long the database may take for a commit, whoever else waits for it.
const COMMIT_MAX: Duration = Duration::from_secs(20);
/// How long a device may stay signed in, however much it is used.
const SESSION_MAX: Duration = Duration::from_secs(90 * 24 * 60 * 60);

// Everything that the server consists of.
module! {
    pub(crate) Server {
        components = [
            // use cases
            Accounts, Friends, Invitations, Media, Messages, Preferences, Presences, Rooms,
            // what they share
            Details, Directory, RateLimits, RoomSequencer, Views,
            // ports
            SystemClock, InProcessBroker, InProcessPresence, ObjectMediaStore,
            SqlFriendRepository, SqlHealthCheck, SqlInvitationRepository, SqlMessageRepository, SqlNewsRepository,
            SqlPreferenceRepository, SqlRoomLog, SqlRoomRepository, SqlSessionRepository, SqlUploadRepository, SqlUserRepository
        ],
        providers = []
    }
}

// What the operator's commands need beside a running server: accounts and nothing else. They must
// not touch the media that the server is receiving.
module! {
    pub(crate) Operator {
        components = [
            Accounts, Directory, RateLimits, SystemClock, InProcessBroker, InProcessPresence,
            SqlRoomRepository, SqlSessionRepository, SqlUploadRepository, SqlUserRepository
        ],
        providers = []
    }
}

impl Services for Server {}

/// Builds the server's components as they are configured.
pub(crate) fn server(
    db: &Database,
    key: &str,
    media: Place,
    config: &Config,
    cluster: Option<&Cluster>,
    runtime: Handle,
) -> Server {
    let policy = Arc::new(policy(config));
    let keys = TokenKey::new(key.as_bytes());
    let mut attempts = Attempts::new(policy.rate_limit);
    let mut buckets = Buckets::new(config.security.rate_limit.rates());
    let mut builder = Server::builder();
    if let Some(cluster) = cluster {
        builder = builder
            .with_component_override::<dyn Broker>(cluster.broker())
            .with_component_override::<dyn Presence>(cluster.presence());
        attempts = attempts.told_to(cluster.sign_ins(), key.as_bytes());
        buckets = buckets.told_to(cluster.spendings(), key.as_bytes());
    }
    let (attempts, buckets) = (Arc::new(attempts), Arc::new(buckets));
    if let Some(cluster) = cluster {
        cluster.hear_sign_ins(attempts.clone());
        cluster.hear_spendings(buckets.clone());
    }
    builder
        .with_component_parameters::<Accounts>(AccountsParameters::counting(policy.clone(), keys, attempts))
        .with_component_parameters::<Invitations>(InvitationsParameters { policy: policy.clone() })
        .with_component_parameters::<Media>(MediaParameters { policy: policy.clone() })
        .with_component_parameters::<Messages>(MessagesParameters { policy: policy.clone() })
        .with_component_parameters::<Rooms>(RoomsParameters { policy })
        .with_component_parameters::<RateLimits>(RateLimitsParameters { buckets })
        .with_component_parameters::<RoomSequencer>(RoomSequencerParameters {
            runtime,
            waiting_max: config.data.db.queue,
            commit_max: COMMIT_MAX,
        })
        .with_component_parameters::<ObjectMediaStore>(ObjectMediaStoreParameters {
            place: media,
            limits: PictureLimits::default(),
        })
        .with_component_parameters::<SqlFriendRepository>(SqlFriendRepositoryParameters { db: db.clone() })
        .with_component_parameters::<SqlHealthCheck>(SqlHealthCheckParameters { db: db.clone() })
        .with_component_parameters::<SqlInvitationRepository>(SqlInvitationRepositoryParameters { db: db.clone() })
        .with_component_parameters::<SqlMessageRepository>(SqlMessageRepositoryParameters { db: db.clone() })
        .with_component_parameters::<SqlNewsRepository>(SqlNewsRepositoryParameters { db: db.clone() })
        .with_component_parameters::<SqlPreferenceRepository>(SqlPreferenceRepositoryParameters { db: db.clone() })
        .with_component_parameters::<SqlRoomLog>(SqlRoomLogParameters { db: db.clone() })
        .with_component_parameters::<SqlRoomRepository>(SqlRoomRepositoryParameters { db: db.clone() })
        .with_component_parameters::<SqlSessionRepository>(SqlSessionRepositoryParameters { db: db.clone() })
        .with_component_parameters::<SqlUploadRepository>(SqlUploadRepositoryParameters { db: db.clone() })
        .with_component_parameters::<SqlUserRepository>(SqlUserRepositoryParameters { db: db.clone() })
        .build()
}

/// Builds what the operator's commands need.
pub(crate) fn operator(db: &Database, key: &str, policy: Policy) -> Operator {
    let keys = TokenKey::new(key.as_bytes());
    Operator::builder()
        .with_component_parameters::<Accounts>(AccountsParameters::new(Arc::new(policy), keys))
        .with_component_parameters::<RateLimits>(RateLimitsParameters {
            buckets: Arc::default(),
        })
        .with_component_parameters::<SqlRoomRepository>(SqlRoomRepositoryParameters { db: db.clone() })
        .with_component_parameters::<SqlSessionRepository>(SqlSessionRepositoryParameters { db: db.clone() })
        .with_component_parameters::<SqlUploadRepository>(SqlUploadRepositoryParameters { db: db.clone() })
        .with_component_parameters::<SqlUserRepository>(SqlUserRepositoryParameters { db: db.clone() })
        .build()
}

/// The operator's choices as the use cases know them.
pub(crate) fn policy(config: &Config) -> Policy {
    let refresh_ttl = config.security.jwt.refresh_ttl.duration();
    Policy {
        registration: match config.security.registration {
            Registration::Open => service::Registration::Open,
            Registration::Invite => service::Registration::Invite,
            Registration::Closed => service::Registration::Closed,
        },
        lobby: config.chat.lobby.clone(),
        edit_window: config.chat.edit_window.duration(),
        recall_window: config.chat.recall_window.duration(),
        access_ttl: config.security.jwt.access_ttl.duration(),
        refresh_ttl,
        session_max: SESSION_MAX.max(refresh_ttl),
        bcrypt_cost: config.security.bcrypt_cost,
        rate_limit: config.security.rate_limit.enabled,
        upload_max: config.data.media.max_size.bytes(),
        upload_quota: Some(config.data.media.quota.bytes()).filter(|quota| *quota > 0),
    }
}

/// Where media are kept.
pub(crate) fn media(config: &Config) -> Result<Place> {
    let dir = config.data.uploads();
    let place = match config.data.media.driver {
        MediaDriver::Local => Place::local(dir),
        MediaDriver::S3 => Place::s3(&s3(&config.data.media.s3), dir),
    };
    place.context("media cannot be kept")
}

fn s3(s3: &S3) -> S3Settings {
    let given = |text: &String| (!text.is_empty()).then(|| text.clone());
    S3Settings {
        endpoint: given(&s3.endpoint),
        public_endpoint: given(&s3.public_url),
        region: s3.region.clone(),
        bucket: s3.bucket.clone(),
        access_key_id: s3.access_key.expose().to_owned(),
        secret_access_key: s3.secret_key.expose().to_owned(),
        virtual_hosted: false,
    }
}
