//! A data folder of a city at work: an engine that writes it, in this process.

use std::path::Path;

use precinct_base::{AreaId, AreaLevel, LonLat, Timestamp};
use precinct_contacts::Contacts;
use precinct_core::event::{AreaSet, MediaAdded};
use precinct_core::{
    By, Code, CommandId, ContactId, FileHash, IncidentId, Intake, KeptContact, MediaId, MediaKind,
    Order, Place, PlanKind, PlanOrder, Proposal, Purpose, Role, Source, Title, Why,
};
use precinct_engine::live::{SystemChance, SystemClock};
use precinct_engine::{Chance as _, Disk, Engine, Outcome, Request};
use precinct_journal::{Hasher, Options};

struct Drawn;

impl precinct_contacts::Chance for Drawn {
    fn fill(&mut self, bytes: &mut [u8]) {
        SystemChance.fill(bytes);
    }
}

/// An engine at work, and how many commands it was given.
pub(crate) struct Desk {
    engine: Engine<Disk, SystemClock, SystemChance>,
    sent: u32,
}

impl Desk {
    /// Opens a data folder and describes a city to it if it is new.
    pub(crate) fn open(folder: &Path) -> Self {
        let disk = Disk::open(folder, Options::default()).unwrap();
        let engine = Engine::start(disk, SystemClock::default(), SystemChance).unwrap();
        let sent = engine.head().seq as u32;
        let mut desk = Self { engine, sent };
        if sent == 0 {
            desk.send(
                Order::SetArea(AreaSet {
                    area: AreaId(1),
                    parent: None,
                    level: AreaLevel::City,
                    grade: None,
                    reach: None,
                    title: Title { en: "City".to_owned(), zh: String::new() },
                }),
                None,
            );
        }
        desk
    }

    fn send(&mut self, order: Order, text: Option<String>) {
        self.sent += 1;
        let mut id = [0; 16];
        id[12..].copy_from_slice(&self.sent.to_be_bytes());
        let why = Why::Purpose(Purpose::Intake);
        let staff = Code::literal("A101");
        let by = By { staff, role: Role::Dispatcher, area: AreaId(1), why };
        let request = Request { text, ..Request::new(CommandId(id), by, order) };
        let outcome = self.engine.turn(vec![request]).pop();
        assert!(matches!(outcome, Some(Outcome::Done(_))), "{outcome:?}");
    }

    /// Takes an incident in, with a text.
    pub(crate) fn intake(&mut self, text: &str) -> IncidentId {
        let incident = self.engine.state().next_incident();
        let at = LonLat::new(1_135_439_000, 221_987_000).unwrap();
        let intake = Intake {
            source: Source::Call,
            reported: None,
            kind: Code::literal("robbery"),
            priority: None,
            place: Place { at, segment: None, address: None, area: AreaId(1) },
            hazards: Vec::new(),
            text: None,
            contact: None,
        };
        self.send(Order::OpenIncident(intake), Some(text.to_owned()));
        incident
    }

    /// Keeps a contact of an incident, as the server does: beside the record, then in it.
    pub(crate) fn contact(&mut self, folder: &Path, incident: IncidentId, text: &str) -> ContactId {
        let contacts = Contacts::open(folder).unwrap();
        let command = [self.sent as u8; 16];
        let contact = contacts.keep(command, text, Timestamp(0), &mut Drawn).unwrap();
        let kept = KeptContact { contact, lasts: KeptContact::LONGEST };
        self.send(Order::KeepContact { incident, kept }, None);
        contact
    }

    /// Erases the contact of an incident.
    pub(crate) fn erase_contact(&mut self, incident: IncidentId) {
        self.send(Order::EraseContact { incident }, None);
    }

    /// Adds a picture whose sealed file has these bytes; the name of the file.
    pub(crate) fn picture(&mut self, folder: &Path, incident: IncidentId, sealed: &[u8]) -> String {
        let media = MediaId([self.sent as u8; 16]);
        let name = format!("media/{:010}-{media}.sealed", incident.0);
        std::fs::create_dir_all(folder.join("media")).unwrap();
        std::fs::write(folder.join(&name), sealed).unwrap();
        let mut hasher = Hasher::default();
        hasher.update(sealed);
        let hash = FileHash(hasher.finish().0);
        let (kind, bytes) = (MediaKind::Jpeg, sealed.len() as u32);
        self.send(Order::AddMedia(MediaAdded { incident, media, kind, bytes, hash }), None);
        name
    }

    /// Proposes a plan whose document has these bytes, and its inputs too; the name of the file.
    pub(crate) fn plan(&mut self, folder: &Path, document: &[u8]) -> String {
        let mut hasher = Hasher::default();
        hasher.update(document);
        let file = FileHash(hasher.finish().0);
        let name = format!("plans/{file}.json");
        std::fs::create_dir_all(folder.join("plans")).unwrap();
        std::fs::write(folder.join(&name), document).unwrap();
        let proposal = Proposal {
            kind: PlanKind::Posts,
            area: AreaId(1),
            title: Title { en: "Plan".to_owned(), zh: String::new() },
            parent: None,
            document: file,
            inputs: file,
            aim: Code::literal("cover"),
            objective: 1,
            bound: 1,
            gap_ppm: 0,
            audited: true,
            fitted: Vec::new(),
        };
        self.send(PlanOrder::Propose(Box::new(proposal)).into(), None);
        name
    }

    /// Ends an incident and erases its text.
    pub(crate) fn erase(&mut self, incident: IncidentId) {
        self.send(Order::Cancel { incident, reason: Code::literal("other") }, None);
        self.send(Order::EraseText { incident }, None);
    }
}
