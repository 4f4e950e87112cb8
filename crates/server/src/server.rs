//! Starting and stopping.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::AtomicU32;
use std::thread::JoinHandle;
use std::time::Duration;

use arc_swap::ArcSwap;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum_server::Handle;
use axum_server::tls_rustls::RustlsConfig;
use precinct_accounts::Accounts;
use precinct_base::UnitId;
use precinct_city::CityError;
use precinct_contacts::Contacts;
use precinct_core::{By, Order, Purpose, Role, Why};
use precinct_engine::{Outcome, Request};
use precinct_positions::Sos;
use tokio::sync::watch;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tracing::{info, warn};

use crate::advise::Advisor;
use crate::album::Album;
use crate::app::App;
use crate::atlas::Atlas;
use crate::beside;
use crate::chance::{Drawn, own_id};
use crate::describe::{Description, describe};
use crate::door::Failure;
use crate::field::{Cry, Field, Presence, Tracks};
use crate::ground::Ground;
use crate::limits::{self, Limits};
use crate::live::{Busy, Desk, Live, Watch};
use crate::looking::Looking;
use crate::metrics::{Counted, count};
use crate::oidc::Provider;
use crate::options::Options;
use crate::planning::Planning;
use crate::policies::{self, PolicyError};
use crate::reach::Reaches;
use crate::review::Review;
use crate::statistics::Statistics;
use crate::{records, routes};

/// Bytes of one body: a full frame of positions.
const BODY_BYTES: usize = 8 + 32 * precinct_wire::MOST_IN_FRAME;
/// How long requests under way may take to end when the server stops.
const LAST_ORDERS: Duration = Duration::from_secs(5);

/// Why a city is not served.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// The city.
    #[error(transparent)]
    City(#[from] CityError),
    /// The data folder, its records or its threads.
    #[error("{0}")]
    Start(String),
    /// The accounts.
    #[error("accounts: {0}")]
    Accounts(String),
    /// The policies.
    #[error(transparent)]
    Policies(#[from] PolicyError),
    /// The city cannot be described to the record.
    #[error("the city's files and its record do not go together: {0}")]
    Describe(String),
    /// It is a drill's folder and this is none, or the other way round.
    #[error("{0}")]
    Drill(&'static str),
    /// The address.
    #[error("cannot listen on {address}: {source}; choose another with --listen")]
    Listen {
        /// Which.
        address: SocketAddr,
        /// Why.
        source: std::io::Error,
    },
    /// A file or a thread.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

/// A served city.
#[derive(Debug)]
pub struct Server {
    app: Arc<App>,
    live: Live,
    field: JoinHandle<()>,
    review: JoinHandle<()>,
    handle: Handle<SocketAddr>,
    /// The token of the first run, to be printed once.
    first_run: Option<String>,
}

/// Tells the address that a server listens on.
#[derive(Clone, Debug)]
pub struct Listening(Handle<SocketAddr>);

impl Listening {
    /// The address, once the server listens; none if it cannot.
    pub async fn listening(&self) -> Option<SocketAddr> {
        self.0.listening().await
    }
}

/// The document that describes every door.
pub fn openapi() -> utoipa::openapi::OpenApi {
    routes::all().1
}

/// Marks a data folder as a drill's.
const DRILL: &str = "drill";

fn check_drill(options: &Options) -> Result<(), ServerError> {
    std::fs::create_dir_all(&options.data)?;
    let mark = options.data.join(DRILL);
    let begun = options.data.join("journal.db").exists();
    match (options.drill.is_some(), mark.exists()) {
        (true, false) if begun => Err(ServerError::Drill(
            "this data folder is of a city at work: choose another for a drill with --data",
        )),
        (true, false) => Ok(std::fs::write(mark, "This folder is a drill's.\n")?),
        (false, true) => Err(ServerError::Drill(
            "this data folder is a drill's: start it with --drill-from and --drill-speed, or choose another with --data",
        )),
        _ => Ok(()),
    }
}

/// Tells the core what the city's files say and its record does not know.
async fn describe_city(ground: &Ground, live: &Live) -> Result<Description, ServerError> {
    let mut description = live.board.look(|state, _| describe(&ground.city, state));
    let why = Why::Purpose(Purpose::Setup);
    let by = By { role: Role::System, why, ..By::SYSTEM };
    let count = description.orders.len();
    for order in std::mem::take(&mut description.orders) {
        let request = Request::new(own_id(live.watch.wall()), by, order);
        let failed = |why: &dyn ToString| ServerError::Describe(why.to_string());
        match live.desk.ask(request).await.map_err(|busy| failed(&busy))? {
            Outcome::Done(_) | Outcome::Nothing | Outcome::Changed => {}
            Outcome::Refused(rejection) => return Err(failed(&rejection)),
            Outcome::Failed(trouble) => return Err(failed(&trouble)),
        }
    }
    if count > 0 {
        info!(count, "areas and posts were described to the record");
    }
    Ok(description)
}

/// Calls for help that come with fixes, as commands that are sent until they are on the disk.
fn cry(desk: Desk, watch: Arc<Watch>) -> Cry {
    let runtime = tokio::runtime::Handle::current();
    Box::new(move |sos: Sos| {
        runtime.spawn(call_for_help(desk.clone(), watch.clone(), sos.unit, Some(sos.at)));
    })
}

async fn call_for_help(
    desk: Desk,
    watch: Arc<Watch>,
    unit: UnitId,
    at: Option<precinct_base::LonLat>,
) {
    let why = Why::Purpose(Purpose::Safety);
    let by = By { role: Role::Crew, why, ..By::SYSTEM };
    let id = own_id(watch.wall());
    loop {
        let request = Request::new(id, by, Order::RaiseSos { unit, at });
        match desk.ask(request).await {
            Ok(Outcome::Done(_) | Outcome::Nothing | Outcome::Changed) | Err(Busy::Stopped) => {
                return;
            }
            Ok(Outcome::Refused(rejection)) => {
                tracing::error!(%unit, %rejection, "a call for help was refused");
                return;
            }
            Ok(Outcome::Failed(trouble)) => warn!(%unit, %trouble, "a call for help waits"),
            Err(busy) => warn!(%unit, %busy, "a call for help waits"),
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

impl App {
    /// A call for help without a fix.
    pub(crate) fn cry(&self, unit: UnitId, at: Option<precinct_base::LonLat>) {
        tokio::spawn(call_for_help(self.desk.clone(), self.watch.clone(), unit, at));
    }
}

/// Hands what is recorded to the thread that knows where units are.
fn follow(feed: Arc<crate::live::Feed>, field: Arc<Field>, mut after: u64) {
    tokio::spawn(async move {
        let mut head = feed.watch();
        loop {
            match feed.since(after).await {
                Ok(told) if !told.is_empty() => {
                    after = told.last().map_or(after, |told| told.seq);
                    let entries: Vec<_> = told.into_iter().map(|told| told.entry).collect();
                    field.recorded(&entries);
                }
                Ok(_) => {
                    if head.changed().await.is_err() {
                        return;
                    }
                }
                Err(error) => {
                    warn!(%error, "units' tours are not followed: trying again");
                    tokio::time::sleep(Duration::from_secs(1)).await;
                }
            }
        }
    });
}

/// There is no such door.
async fn nowhere() -> Failure {
    Failure::missing("there is no such door: `/api` lists them")
}

/// The door does not open this way.
async fn not_so() -> Failure {
    Failure::no_method("this door takes other methods: `/api` lists them")
}

/// Begins what is done again and again until the server stops.
fn look_after(app: &Arc<App>) {
    records::look_after(app);
    crate::looking::forget(app);
    Counted::of_process().look_after(app.closing.subscribe());
}

fn unopened(error: &dyn ToString) -> ServerError {
    ServerError::Accounts(error.to_string())
}

/// The token with which the first administrator is made, if there is no account yet.
fn first_run(app: &App) -> Result<Option<String>, ServerError> {
    let mut chance = Drawn(precinct_engine::live::SystemChance);
    let token = app.accounts.first_run(app.real_now(), &mut chance);
    Ok(token.map_err(|error| unopened(&error))?.map(|token| token.expose().to_owned()))
}

impl Server {
    /// Opens a city and its data folder and starts everything but listening.
    pub async fn start(options: Options) -> Result<Self, ServerError> {
        check_drill(&options)?;
        let provider = options.oidc.clone().map(Provider::new).transpose()?;
        let (place, open) = (options.city.clone(), options.open.clone());
        let opened = tokio::task::spawn_blocking(move || Ground::open(&place, &open));
        let mut ground = opened.await.map_err(|error| ServerError::Start(error.to_string()))??;
        let start = |error: &dyn ToString| ServerError::Start(error.to_string());
        let live = Live::start(&options.data, options.drill).map_err(|error| start(&error))?;
        let Description { areas, posts, .. } = describe_city(&ground, &live).await?;
        ground.number_areas(areas);
        let ground = Arc::new(ground);
        let atlas = Atlas::open(ground.clone(), posts, options.open.cache.clone())?;
        let accounts = Accounts::open(&options.data).map_err(|error| unopened(&error))?;
        let kept = (Tracks::open(&options.data)?, Presence::open(&options.data, &ground)?);
        let seq = live.board.look(|_, seq| seq);
        let cry = cry(live.desk.clone(), live.watch.clone());
        let (field, thread) =
            Field::start(ground.clone(), &live.board, live.watch.clone(), kept, cry)?;
        let field = Arc::new(field);
        follow(live.feed.clone(), field.clone(), seq);
        let next_shift = live.board.look(|state, _| state.next_shift());
        let advisor = Advisor::new(&ground);
        let (review, reviewing) = Review::start(&options.data)?;
        let app = Arc::new(App {
            access: ArcSwap::from_pointee(policies::read(&options.data)?),
            accounts: Arc::new(accounts),
            limits: Limits::new(),
            provider: provider.map(Arc::new),
            contacts: Contacts::open(&options.data).map_err(|error| start(&error))?,
            album: Album::open(&options.data).map_err(|error| start(&error))?,
            looking: Looking::new(),
            one_policy: tokio::sync::Mutex::default(),
            review,
            statistics: Statistics::start(&options.data, live.feed.clone())?,
            advisor,
            atlas,
            board: live.board.clone(),
            feed: live.feed.clone(),
            watch: live.watch.clone(),
            desk: live.desk.clone(),
            field,
            ground,
            reaches: Reaches::default(),
            planning: Planning::open(&options.data).map_err(|error| start(&error))?,
            streets: std::sync::OnceLock::new(),
            seals: crate::seal::Seals::new(),
            checking: Arc::default(),
            closing: watch::Sender::new(false),
            next_shift: AtomicU32::new(next_shift.0),
            options,
        });
        let swept = app.clone();
        let swept = tokio::task::spawn_blocking(move || swept.sweep_beside(true));
        swept.await.map_err(|error| start(&error))?;
        beside::follow(&app, live.feed.clone(), seq);
        look_after(&app);
        let first_run = first_run(&app)?;
        let (field, review, handle) = (thread, reviewing, Handle::new());
        Ok(Self { app, live, field, review, handle, first_run })
    }

    /// The token with which the first administrator is made, if there is no account yet.
    pub fn first_run(&self) -> Option<&str> {
        self.first_run.as_deref()
    }

    /// Tells the address it listens on, once it does.
    pub fn listening(&self) -> Listening {
        Listening(self.handle.clone())
    }

    /// Lets requests under way end, then closes the doors.
    pub fn stopper(&self) -> impl Fn() + Send + Sync + 'static {
        let (handle, app) = (self.handle.clone(), self.app.clone());
        move || {
            app.closing.send_replace(true);
            handle.graceful_shutdown(Some(LAST_ORDERS));
        }
    }

    fn doors(&self) -> Router {
        let (doors, api) = routes::all();
        doors
            .merge(routes::meta(&api))
            .fallback(nowhere)
            .method_not_allowed_fallback(not_so)
            .layer(from_fn_with_state(self.app.clone(), limits::hold))
            .layer(from_fn(count))
            .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
            .layer(DefaultBodyLimit::max(BODY_BYTES))
            .layer(axum::Extension(Counted::of_process()))
            .with_state(self.app.clone())
    }

    /// Serves until it is stopped; then lets the record be closed.
    pub async fn serve(self) -> Result<(), ServerError> {
        let address = self.app.options.listen;
        let service = self.doors().into_make_service_with_connect_info::<SocketAddr>();
        let listen = |source| ServerError::Listen { address, source };
        if let Some(tls) = self.app.options.tls.clone() {
            let _ = rustls::crypto::ring::default_provider().install_default();
            let config = RustlsConfig::from_pem_file(&tls.certificate, &tls.key).await?;
            let server = axum_server::bind_rustls(address, config).handle(self.handle.clone());
            server.serve(service).await.map_err(listen)?;
        } else {
            let server = axum_server::bind(address).handle(self.handle.clone());
            server.serve(service).await.map_err(listen)?;
        }
        self.close().await
    }

    /// Lets the threads end their work: the engine writes what it was asked, tracks are put on the disk.
    async fn close(self) -> Result<(), ServerError> {
        let Self { app, live, field, review, .. } = self;
        app.closing.send_replace(true);
        app.review.close();
        let ended = tokio::task::spawn_blocking(move || {
            live.stop();
            app.field.close();
            app.statistics.close();
            app.planning.runs.close();
            for (name, thread) in [("positions", field), ("review", review)] {
                if thread.join().is_err() {
                    warn!("the thread of {name} ended in a panic");
                }
            }
            if let Err(error) = app.accounts.note() {
                warn!(%error, "when sessions were last in use is not written down");
            }
        });
        ended.await.map_err(|error| ServerError::Start(error.to_string()))?;
        Ok(())
    }
}
