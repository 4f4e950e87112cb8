//! What a shift is made from.

use precinct_base::Timestamp;

/// Which faults happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fault of its own, to be had or not")]
pub struct Faults {
    /// The process is killed, or the power fails, at any storage call.
    pub crash: bool,
    /// Writes and flushes fail and leave the outcome in doubt.
    pub error: bool,
    /// The disk is full for a while.
    pub full: bool,
    /// The calendar jumps by up to two years.
    pub clock: bool,
    /// The network delivers late, twice and out of order.
    pub network: bool,
}

impl Faults {
    /// All of them.
    pub const ALL: Self = Self { crash: true, error: true, full: true, clock: true, network: true };
    /// None.
    pub const NONE: Self =
        Self { crash: false, error: false, full: false, clock: false, network: false };

    /// Their names, with whether each happens.
    pub const fn named(self) -> [(&'static str, bool); 5] {
        let Self { crash, error, full, clock, network } = self;
        [("crash", crash), ("error", error), ("full", full), ("clock", clock), ("network", network)]
    }

    /// The same with one of them on or off; `None` if there is none of that name.
    #[must_use]
    pub fn with(mut self, name: &str, on: bool) -> Option<Self> {
        match name {
            "crash" => self.crash = on,
            "error" => self.error = on,
            "full" => self.full = on,
            "clock" => self.clock = on,
            "network" => self.network = on,
            _ => return None,
        }
        Some(self)
    }
}

/// What a shift is made from. The same plan gives the same shift, to the byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The number everything comes from.
    pub seed: u64,
    /// How long it is, in minutes.
    pub minutes: u32,
    /// Units of the city.
    pub units: u32,
    /// Calls in a busy hour.
    pub calls: u32,
    /// Which faults happen.
    pub faults: Faults,
    /// The storage call at which the power fails, whatever else happens.
    pub crash_at: Option<u64>,
    /// Whether the disk says it has written what it has not: the control that shows that losses are found.
    pub lying_disk: bool,
}

impl Plan {
    /// The usual shift of a seed.
    pub const fn new(seed: u64) -> Self {
        Self {
            seed,
            minutes: 480,
            units: 8,
            calls: 20,
            faults: Faults::ALL,
            crash_at: None,
            lying_disk: false,
        }
    }

    /// When it starts: at the turn of a year, before the clocks go forward or back, on a leap day, or on an ordinary evening, by its seed.
    pub const fn starts(&self) -> Timestamp {
        const STARTS: [i64; 5] = [
            1_798_758_000_000, // 2026-12-31T23:00:00Z
            1_806_192_000_000, // 2027-03-28T00:00:00Z, an hour before Europe springs forward
            1_824_940_800_000, // 2027-10-31T00:00:00Z, an hour before it falls back
            1_835_391_600_000, // 2028-02-28T23:00:00Z
            1_790_013_600_000, // 2026-09-21T18:00:00Z
        ];
        Timestamp(STARTS[(self.seed % STARTS.len() as u64) as usize])
    }

    /// The command that goes through it again.
    pub fn command(&self) -> String {
        let faults: Vec<&str> =
            self.faults.named().into_iter().filter_map(|(name, on)| on.then_some(name)).collect();
        let Self { seed, minutes, units, calls, .. } = self;
        let faults = if faults.is_empty() { "none".to_owned() } else { faults.join(",") };
        let crash = self.crash_at.map(|at| format!(" --crash-at {at}")).unwrap_or_default();
        let lying = if self.lying_disk { " --lying-disk" } else { "" };
        format!(
            "precinct sim run --seed {seed} --minutes {minutes} --units {units} --calls {calls} --faults {faults}{crash}{lying}"
        )
    }
}
