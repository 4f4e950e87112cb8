//! What can be done: one action for each thing the doors let people do.

use crate::About;

macro_rules! actions {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $group:ident, [$($about:ident),+];)+) => {
        /// Something that can be done.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Action { $($(#[$doc])* $variant,)+ }

        impl Action {
            /// Every action, in order.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// Its name in policies.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            const fn group(self) -> Group {
                match self { $(Self::$variant => Group::$group),+ }
            }

            /// What it can be done to.
            pub const fn about(self) -> &'static [About] {
                match self { $(Self::$variant => &[$(About::$about),+]),+ }
            }
        }
    };
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Group {
    Operational,
    Sensitive,
    Administer,
    Other,
}

actions! {
    /// See incidents, units, posts, areas, tours, clocks and calls for help, without what was written freely.
    ReadBoard = "read_board", Operational, [Area];
    /// See where units are now.
    ReadPositions = "read_positions", Operational, [Area];
    /// Read what was written freely of an incident: what was said, the address, notes.
    ReadText = "read_text", Sensitive, [Incident];
    /// Read how to reach who reported an incident.
    ReadContact = "read_contact", Sensitive, [Incident];
    /// See a picture of an incident.
    ReadMedia = "read_media", Sensitive, [Incident];
    /// Read where a unit was.
    ReadTrack = "read_track", Sensitive, [Unit];
    /// Search for places.
    SearchPlaces = "search_places", Operational, [Area];
    /// Read the base map.
    ReadTiles = "read_tiles", Operational, [Area];
    /// Ask which units to send.
    Recommend = "recommend", Operational, [Area, Incident];
    /// Ask for the way by road: from where a unit is, from a place, to an incident.
    FindWay = "find_way", Operational, [Area, Incident, Unit];
    /// Take in an incident.
    TakeIn = "take_in", Operational, [Area];
    /// Send a unit, or recall one.
    Dispatch = "dispatch", Operational, [Incident];
    /// Say how the task of one's own unit goes, or that it cannot be sent for a while.
    StepOwn = "step_own", Operational, [Incident, Unit];
    /// The same for any unit.
    StepAny = "step_any", Operational, [Incident, Unit];
    /// Begin or end a tour of duty that is planned.
    StartTour = "start_tour", Operational, [Unit];
    /// Write something down of an incident, or a hazard of its place.
    Note = "note", Operational, [Incident];
    /// Add a picture to an incident.
    AddMedia = "add_media", Operational, [Incident];
    /// Keep how to reach who reported an incident, or erase it.
    KeepContact = "keep_contact", Operational, [Incident];
    /// Grade an incident anew, or correct its place.
    Regrade = "regrade", Operational, [Incident];
    /// Merge incidents, part them, link them, or say that they are not one.
    Merge = "merge", Operational, [Incident];
    /// Resolve, cancel or reopen an incident.
    Close = "close", Operational, [Incident];
    /// Answer a clock.
    AnswerClock = "answer_clock", Operational, [Incident, Unit];
    /// Plan anew which points round an incident are held, say where whoever left was seen, and let everybody go.
    SealOff = "seal_off", Operational, [Incident];
    /// End what was ordered for a post or a ring.
    StandDown = "stand_down", Operational, [Area];
    /// Say how many lanes of a checkpoint are open, and what was counted there.
    KeepCheckpoint = "keep_checkpoint", Operational, [Area];
    /// Call for help for a unit.
    RaiseSos = "raise_sos", Operational, [Unit];
    /// Close a call for help.
    CloseSos = "close_sos", Operational, [Unit];
    /// Bring in positions of units.
    SendPositions = "send_positions", Other, [Area, Unit];
    /// Approve orders for posts, rings, containments, duty levels and lent units.
    Approve = "approve", Other, [Area];
    /// Erase what was written freely of an incident, with its pictures and contact.
    EraseText = "erase_text", Other, [Incident];
    /// Describe areas, posts and units.
    DescribeCity = "describe_city", Other, [Area];
    /// Read what is wrong with the city's files.
    CheckCity = "check_city", Other, [Area];
    /// Read figures of what was done: how soon, how much, by which unit.
    ReadFigures = "read_figures", Other, [Area];
    /// See plans of posts and patrols, what they were made from, and their trials.
    ReadPlans = "read_plans", Other, [Area];
    /// Work out plans, try them on days that were, propose and withdraw them.
    MakePlans = "make_plans", Other, [Area];
    /// Approve plans, of which one has proposed none.
    ApprovePlans = "approve_plans", Other, [Area];
    /// Make plans hold that were tried and approved.
    PublishPlans = "publish_plans", Other, [Area];
    /// Plan tours of duty, and do without planned ones.
    PlanShifts = "plan_shifts", Other, [Area, Unit];
    /// Replace the catalogue.
    SetCatalogue = "set_catalogue", Other, [Area];
    /// Read the record: who did, saw and changed what.
    ReadJournal = "read_journal", Other, [Area];
    /// Take the record out as files.
    Export = "export", Other, [Area];
    /// Make backups.
    Backup = "backup", Other, [Area];
    /// Break glass in an emergency.
    BreakGlass = "break_glass", Other, [Area];
    /// Mend glass that somebody else broke. One's own can always be mended.
    MendGlass = "mend_glass", Other, [Area];
    /// Make, disable and reset accounts.
    ManageAccounts = "manage_accounts", Administer, [Area];
    /// Give and take roles; about the area of the role.
    ManageRoles = "manage_roles", Administer, [Area];
    /// Replace the policies.
    ManagePolicies = "manage_policies", Administer, [Area];
    /// Make and revoke keys of machines.
    ManageKeys = "manage_keys", Administer, [Area];
    /// Enrol and revoke devices of a unit.
    EnrolDevices = "enrol_devices", Other, [Unit];
}

impl Action {
    /// Whether it shows something sensitive: it needs a purpose, and is on record before the bytes leave (charter 9).
    pub const fn is_sensitive(self) -> bool {
        matches!(self.group(), Group::Sensitive)
    }

    /// Whether it gives or takes rights: never by broken glass.
    pub const fn administers(self) -> bool {
        matches!(self.group(), Group::Administer)
    }

    /// Whether it is ordinary work of the control room and of units, which broken glass widens to the whole city.
    pub const fn is_operational(self) -> bool {
        matches!(self.group(), Group::Operational | Group::Sensitive)
    }

    /// The action of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|action| action.name() == name)
    }
}
