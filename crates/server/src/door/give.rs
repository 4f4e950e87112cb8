//! Giving a command: whoever asks may, the core decides, the disk has it, then it is answered.

use std::sync::Arc;

use axum::Json;
use precinct_access::{Action, Resource};
use precinct_core::{ContactId, KeptContact, Order, Purpose, Why};
use precinct_engine::{Done, Outcome, Request, Unless};
use precinct_wire::{Answer, Coded, Time};

use super::{Asker, Failure, Key};
use crate::app::App;
use crate::beside::Waiting;

/// What is to be done.
#[derive(Debug)]
pub(crate) struct Wish {
    pub(crate) action: Action,
    pub(crate) resource: Resource,
    pub(crate) why: Why,
    pub(crate) order: Order,
    /// What was written freely.
    pub(crate) text: Option<String>,
    /// What was said of the address.
    pub(crate) address: Option<String>,
    /// When it happened, if it was on paper.
    pub(crate) happened: Option<Time>,
    /// How to reach who reported it, as the text that is sealed apart from the record.
    pub(crate) contact: Option<String>,
}

impl Wish {
    /// The same as it was done on paper, if it was.
    pub(crate) fn happened(self, at: Option<Time>) -> Self {
        Self { happened: at, ..self }
    }

    /// Something to do for an incident.
    pub(crate) fn of_incident(action: Action, resource: Resource, order: Order) -> Self {
        let purpose = Why::Purpose(Purpose::Response);
        let why = resource.incident.map_or(purpose, Why::Incident);
        Self {
            action,
            resource,
            why,
            order,
            text: None,
            address: None,
            happened: None,
            contact: None,
        }
    }

    /// Something to do for a purpose.
    pub(crate) const fn of_purpose(
        action: Action,
        resource: Resource,
        purpose: Purpose,
        order: Order,
    ) -> Self {
        let why = Why::Purpose(purpose);
        Self {
            action,
            resource,
            why,
            order,
            text: None,
            address: None,
            happened: None,
            contact: None,
        }
    }
}

/// A contact that is not kept yet: its number is put in once it is.
pub(crate) const NO_CONTACT: KeptContact =
    KeptContact { contact: ContactId([0; 8]), lasts: KeptContact::LONGEST };

/// The order with a contact that is kept by now.
fn with_contact(order: Order, kept: KeptContact) -> Order {
    match order {
        Order::OpenIncident(mut intake) => {
            intake.contact = Some(kept);
            Order::OpenIncident(intake)
        }
        Order::KeepContact { incident, .. } => Order::KeepContact { incident, kept },
        order => order,
    }
}

/// Does what is wished, and answers when it is on the disk.
pub(crate) async fn give(
    app: &Arc<App>,
    asker: &Asker,
    key: Key,
    wish: Wish,
) -> Result<Json<Answer>, Failure> {
    let Wish { action, resource, why, mut order, text, address, happened, contact } = wish;
    let acting = app.may(asker, action, &resource, None)?;
    let mut waiting = None;
    if let Some(contact) = contact {
        let contact = app.keep_contact(key.id.0, contact).await?;
        order = with_contact(order, KeptContact { contact, ..NO_CONTACT });
        waiting = Some(Waiting::Contact(contact));
    }
    if let Some(at) = happened {
        let happened = app.watch.moment_of(at.0);
        order = Order::OnPaper { order: Box::new(order), happened };
    }
    let unless = key.as_of.0.zip(order.subject());
    let unless = unless.map(|(after, changed)| Unless { changed, after });
    let by = App::by(asker, acting, why);
    let request = Request { id: key.id, by, order, text, address, unless };
    let done = app.order_with(request, waiting).await?;
    let answer = |done: Done| Answer::done(done.seq, done.at, done.repeated, &done.facts);
    Ok(Json(done.map_or_else(Answer::default, answer)))
}

/// How often a command is given whose thing may have changed and has not.
const TRIES: usize = 4;

impl App {
    /// What became of a command, on the disk; none if there was nothing to do.
    pub(crate) async fn order(&self, request: Request) -> Result<Option<Done>, Failure> {
        Self::done(self.settle(request).await?)
    }

    /// The outcome of a command; a problem if somebody has changed what must not have changed.
    pub(crate) async fn settle(&self, mut request: Request) -> Result<Outcome, Failure> {
        for _ in 0..TRIES {
            let outcome = self.desk.ask(request.clone()).await?;
            let (Outcome::Changed, Some(unless)) = (&outcome, &mut request.unless) else {
                return Ok(outcome);
            };
            unless.after = self.unchanged(unless.changed, unless.after).await?;
        }
        Ok(Outcome::Changed)
    }

    /// What was done; none if there was nothing to do.
    pub(crate) fn done(outcome: Outcome) -> Result<Option<Done>, Failure> {
        match outcome {
            Outcome::Done(done) => Ok(Some(done)),
            Outcome::Nothing => Ok(None),
            Outcome::Changed => {
                Err(Failure::later(1, "the record is being opened anew: send this command again")
                    .coded(Coded::disk_opening()))
            }
            Outcome::Refused(rejection) => Err(rejection.into()),
            Outcome::Failed(trouble) => Err(trouble.into()),
        }
    }
}

/// Doors that give commands. Each has a path, numbers in it, a body, and what that comes to as a [`Wish`].
macro_rules! commands {
    ($($(#[$doc:meta])* $method:ident $path:tt, $tag:tt, $name:ident($($id:ident: $number:ident),*; $body:ty) => $wish:expr;)+) => {
        $(
            $(#[$doc])*
            #[utoipa::path(
                $method, path = $path, tag = $tag, request_body = $body,
                params(
                    ("Idempotency-Key" = String, Header, description = "32 hexadecimal digits: the id of the command", pattern = "^[0-9a-f]{32}$"),
                    ("If-Match" = Option<String>, Header, description = "The ETag that came with the thing: nothing is done if somebody has changed it since"),
                ),
                responses(
                    (status = 200, description = "Done, and on the disk", body = precinct_wire::Answer),
                    (status = 412, description = "Not done: somebody else has changed it since, and `changed` says what", body = precinct_wire::Problem, content_type = "application/problem+json"),
                    (status = "4XX", description = "Not done", body = precinct_wire::Problem, content_type = "application/problem+json"),
                    (status = 503, description = "Not at present: send it again with the same key", body = precinct_wire::Problem, content_type = "application/problem+json"),
                )
            )]
            pub(crate) async fn $name(
                axum::extract::State(app): axum::extract::State<std::sync::Arc<crate::app::App>>,
                asker: crate::door::Asker,
                key: crate::door::Key,
                crate::door::Path(($($id,)*)): crate::door::Path<($($number,)*)>,
                crate::door::Body(body): crate::door::Body<$body>,
            ) -> Result<axum::Json<precinct_wire::Answer>, crate::door::Failure> {
                let wish: Result<crate::door::Wish, crate::door::Failure> =
                    ($wish)(&*app, &asker, ($($id,)*), body);
                let wish = wish?;
                crate::door::give(&app, &asker, key, wish).await
            }
        )+

        /// These doors.
        pub(crate) fn routes() -> utoipa_axum::router::OpenApiRouter<std::sync::Arc<crate::app::App>> {
            utoipa_axum::router::OpenApiRouter::new()
                $(.routes(utoipa_axum::routes!($name)))+
        }
    };
}
pub(crate) use commands;
