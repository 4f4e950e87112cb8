//! Every limit in one place. What is larger is refused at the door with the limit named.

/// Nodes in one road map: 26 bits leave room for flags beside an index.
pub const ROAD_NODES: usize = 1 << 26;
/// Segments in one road map.
pub const ROAD_SEGMENTS: usize = 1 << 27;
/// Shape points in one road map.
pub const SHAPE_POINTS: usize = 1 << 29;
/// Longest single segment: one that is longer is a fault in the data. Millimetres.
pub const SEGMENT_LENGTH_MM: u32 = 2_000_000_000;
/// Bytes of street names in one road map.
pub const NAME_BYTES: usize = 1 << 28;
/// Longest search by road: a day, in milliseconds.
pub const SEARCH_LIMIT_MS: u32 = 86_400_000;
/// Largest road map file.
pub const ROAD_FILE_BYTES: u64 = 1 << 34;

/// Bytes of one OSM blob after decompression (the format's own limit is 32 MiB).
pub const OSM_BLOB_BYTES: usize = 32 << 20;
/// Bytes of one OSM blob header (the format's own limit is 64 KiB).
pub const OSM_BLOB_HEADER_BYTES: usize = 64 << 10;
/// Nodes of one OSM way (the OSM database's own limit is 2,000; extracts made by other programs have more).
pub const OSM_WAY_NODES: usize = 1 << 16;
/// Bytes of one tag key or value (the OSM database's own limit is 255 characters).
pub const OSM_TAG_BYTES: usize = 4 << 10;
/// Bytes of memory an OSM file may unfold to, however small it is.
pub const OSM_MEMORY_ANY_FILE: u64 = 16 << 20;
/// Bytes of memory an OSM file may unfold to for each of its own. The densest real extract measured needs 31: streets with hardly a
/// tag.
pub const OSM_MEMORY_PER_BYTE: u64 = 96;

/// Bytes of `city.toml`.
pub const CITY_FILE_BYTES: u64 = 4 << 20;
/// Bytes of one CSV or `GeoJSON` input after decompression.
pub const TABLE_BYTES: u64 = 4 << 30;
/// Bytes of one CSV field.
pub const FIELD_BYTES: usize = 1 << 20;
/// Posts in one city.
pub const POSTS: usize = 1 << 20;
/// Areas in one city.
pub const AREAS: usize = 1 << 16;
/// Sites in one city.
pub const SITES: usize = 1 << 22;
/// Places of demand in one city.
pub const DEMAND_POINTS: usize = 1 << 25;
/// Faults listed before a report only counts them.
pub const FAULTS_LISTED: usize = 1_000;
/// Points in one polygon.
pub const POLYGON_POINTS: usize = 1 << 20;

/// Units in one city.
pub const UNITS: usize = 1 << 20;
/// Members of one unit or tour.
pub const MEMBERS: usize = 64;
/// Tours of duty planned or under way.
pub const SHIFTS: usize = 1 << 22;
/// Incidents on the board: open, merged, or closed not long ago.
pub const INCIDENTS_ON_BOARD: usize = 1 << 20;
/// Incidents merged into one, directly and indirectly.
pub const MERGED_INCIDENTS: usize = 256;
/// Units sent to one incident, all told.
pub const ASSIGNMENTS: usize = 1_024;
/// Notes of one incident.
pub const NOTES: usize = 4_096;
/// Times an incident is graded or moved anew.
pub const CORRECTIONS: usize = 256;
/// Hazards of one place, and links of one incident.
pub const LINKS: usize = 256;
/// Bytes of one sealed text, 40 of them the seal's own.
pub const SEALED_BYTES: usize = 16 << 10;
/// Longest that a contact is kept: 30 days, in milliseconds. It is erased sooner with its incident.
pub const CONTACT_KEPT_MS: u32 = 30 * 86_400_000;
/// Bytes of one sealed contact, the seal's own among them.
pub const CONTACT_BYTES: usize = 1 << 10;
/// Bytes of a number to call back.
pub const CALL_BACK_BYTES: usize = 64;
/// Pictures of one incident.
pub const MEDIA: usize = 32;
/// Bytes of one picture as it is kept, 40 of them the seal's own.
pub const MEDIA_BYTES: usize = 4 << 20;
/// Bytes of a name or call sign.
pub const NAME_LENGTH: usize = 256;
/// Units compared in one recommendation that are kept in the record.
pub const CANDIDATES: usize = 64;
/// Entries in one list of the catalogue.
pub const CATALOGUE_ENTRIES: usize = 1_024;
/// Incidents suggested as the same as one.
pub const SUGGESTIONS: usize = 8;
/// Facts that fall due in one command; the rest does in the next.
pub const DUE_AT_ONCE: usize = 1_024;

// access, accounts: who may do what.
/// People who have broken glass at one time.
pub const GLASS_BROKEN: usize = 1 << 14;
/// Roles of one account or key.
pub const GRANTS: usize = 64;
// Rings, checkpoints and containments.
/// Rings of one city.
pub const RINGS: usize = 1 << 12;
/// Places in the line of a ring that was drawn.
pub const RING_PLACES: usize = 1 << 12;
/// Crossings of one ring.
pub const RING_CROSSINGS: usize = 1 << 12;
/// Lanes of one checkpoint.
pub const CHECKPOINT_LANES: u32 = 64;
/// People who work at one checkpoint at one time.
pub const CHECKPOINT_STAFF: u32 = 1_024;
/// Types of find in one entry of a checkpoint.
pub const CHECKPOINT_FINDS: usize = 64;
/// Entries of one checkpoint that are at hand, four days of them by the hour: older ones are in the record.
pub const CHECKPOINT_COUNTS: usize = 96;
/// Vehicles, people or things in one entry of a checkpoint.
pub const CHECKPOINT_NUMBER: u32 = 1_000_000;
/// Longest that one entry of a checkpoint counts: a day, in milliseconds.
pub const COUNT_MS: u32 = 86_400_000;
/// Points of one containment.
pub const SEAL_POINTS: usize = 64;
/// Sightings that are taken into account for one containment: the latest.
pub const SEAL_SIGHTINGS: usize = 16;
/// Minutes that can be looked ahead in a containment.
pub const SEAL_MINUTES: u32 = 60;
/// Previews of containments that are kept.
pub const SEALS_KEPT: usize = 256;
/// Containments and previews that are planned anew while somebody watches.
pub const SEALS_WATCHED: usize = 32;
// Positions.

/// Cells that a picture of many units is counted in.
pub const POSITION_CELLS: usize = 1 << 16;
/// Hot spots whose visits are counted.
pub const HOT_SPOTS: usize = 1 << 16;
/// Radius of a hot spot: what is larger is an area.
pub const HOT_SPOT_RADIUS_M: u32 = 5_000;
/// Hours whose passes are counted at once, late fixes among them.
pub const PRESENCE_HOURS: usize = 48;
/// Fixes in one partition of the track.
pub const TRACK_FIXES: usize = 1 << 26;
/// Bytes of a set of policies.
pub const POLICY_BYTES: usize = 256 << 10;
/// Policies in one set.
pub const POLICIES: usize = 1_024;
/// Answers of policies that are kept.
pub const POLICY_ANSWERS: usize = 8_192;
/// Areas one in another, from the smallest up.
pub const AREAS_DEEP: usize = 64;
/// Bytes of one policy, without white space, comments and what stands in quotes.
pub const ONE_POLICY_BYTES: usize = 2 << 10;
/// How deep brackets may lie in one policy.
pub const POLICY_DEPTH: usize = 16;
/// Accounts.
pub const ACCOUNTS: usize = 1 << 20;
/// Sessions of one account; the oldest ends when another begins.
pub const SESSIONS: usize = 16;
/// Keys of machines that are not revoked.
pub const KEYS: usize = 1 << 12;
/// Devices that are not revoked.
pub const DEVICES: usize = 1 << 21;
/// Pairs of account and source that are remembered for wrong guesses.
pub const GUESSERS: usize = 1 << 16;
/// Passwords hashed at one time: each takes 64 MiB.
pub const HASHES_AT_ONCE: usize = 2;
/// Passwords that wait to be hashed.
pub const HASHES_WAITING: usize = 64;
/// Bytes of a password.
pub const PASSWORD_BYTES: usize = 256;
/// Entries in one page of a list.
pub const PAGE: usize = 1_000;
// advice
/// Places to fill in one question, or in one joint assignment: the sum of what all run cards ask for.
pub const ADVICE_SLOTS: usize = 64;
/// Incidents that can be asked about together.
pub const JOINT_INCIDENTS: usize = 16;
/// Units suggested to move up at once.
pub const MOVE_UPS: usize = 3;
// containment
/// Units that are weighed for one seal: of more, those that are soonest at hand.
pub const CONTAINMENT_UNITS: usize = 256;
/// Sightings of one quarry.
pub const SIGHTINGS: usize = 64;
// tiles
/// Features of one base map.
pub const MAP_FEATURES: usize = 1 << 24;
/// Points of one base map.
pub const MAP_POINTS: usize = 1 << 28;
/// Bytes of names and classes in one base map.
pub const MAP_TEXT_BYTES: usize = 1 << 28;
/// Largest base map file.
pub const MAP_FILE_BYTES: u64 = 1 << 33;
// Of the gazetteer.
/// Letters of a query that are looked at, and of each of a place's names.
pub const QUERY_LETTERS: usize = 192;
/// Words of a query that are looked at.
pub const QUERY_WORDS: usize = 12;
/// Answers to one query.
pub const HITS: usize = 100;
/// Letters of one entry in the dictionary of names; what goes on after them is found by its beginning.
pub const TERM_LETTERS: usize = 32;
/// Spellings in Latin letters of one Chinese name, where characters have several readings.
pub const SPELLINGS: usize = 24;
/// Streets that cross at one node.
pub const STREETS_AT_NODE: usize = 16;
/// Addresses of one city.
pub const ADDRESSES: usize = 1 << 26;
// precinct-play
/// Rows of one recorded day, and of the record it is cut from.
pub const PLAY_ROWS: u64 = 1 << 22;
/// Bytes of one answer of a server that is read.
pub const PLAY_ANSWER_BYTES: u64 = 256 << 20;
// How often one may come through the doors: so many a second, and so many at once after a pause. They stop programs that run wild, and
// nobody at work. Calls for help, broken glass and whatever is done under it are never held up.
/// Commands of a person or a device: a second, at once.
pub const PERSON_COMMANDS: (u32, u32) = (20, 200);
/// Looks of a person or a device, a map's tiles among them: a second, at once.
pub const PERSON_READS: (u32, u32) = (200, 4_000);
/// Searches and advice for a person: a second, at once. Somebody who types asks with every letter.
pub const PERSON_SEARCHES: (u32, u32) = (20, 200);
/// Positions of one device or phone: a second, at once. After a gap it sends those of an hour, one by one.
pub const DEVICE_POSITIONS: (u32, u32) = (10, 3_600);
/// Commands under the key of a machine, which may be a whole control room's: a second, at once.
pub const MACHINE_COMMANDS: (u32, u32) = (10_000, 20_000);
/// Looks under the key of a machine: a second, at once.
pub const MACHINE_READS: (u32, u32) = (5_000, 20_000);
/// Searches and advice under the key of a machine: a second, at once.
pub const MACHINE_SEARCHES: (u32, u32) = (5_000, 10_000);
/// Frames of positions from one gateway, of up to 65,536 fixes each: a second, at once.
pub const GATEWAY_FRAMES: (u32, u32) = (2_000, 8_000);
/// Requests from one address by those who are not known: a second, at once. Many people may be behind one.
pub const STRANGERS: (u32, u32) = (100, 2_000);
/// Sessions, keys, devices and addresses whose requests are counted at one time, of one kind.
pub const COUNTED: usize = 1 << 21;
/// Sessions and keys that are remembered, so that they are not looked up to be counted.
pub const REMEMBERED: usize = 1 << 16;
/// Sign-ins through a provider that are under way at one time; then the oldest has to begin again.
pub const SIGN_INS: usize = 1 << 16;

/// Questions about past moments that may wait for the thread that rebuilds them.
pub const REVIEWS_WAITING: usize = 16;
/// Pages of past records that are read at once.
pub const REVIEW_PAGES_AT_ONCE: usize = 8;
/// Bars of the picture of how much was recorded when.
pub const REVIEW_BARS: usize = 1_008;
/// Units whose tracks are looked at by one request.
pub const REVIEW_UNITS: usize = 64;
/// Fixes shown by one request for tracks.
pub const REVIEW_FIXES: usize = 200_000;
/// People who are seen to look at one incident.
pub const LOOKERS: usize = 64;
/// Incidents that one person is seen to look at.
pub const LOOKED_AT: usize = 16;
/// Records looked through for what has changed since somebody looked.
pub const CHANGES_SOUGHT: u64 = 50_000;
/// Changes that are named to whoever would have overwritten them.
pub const CHANGES_NAMED: usize = 16;
/// How far back something may lie that was written on paper and is entered afterwards: three days, in milliseconds.
pub const PAPER_MS: u32 = 3 * 86_400_000;
// Of the ground.
/// Places of the line that shows a way.
pub const WAY_PLACES: usize = 512;
/// Minutes by road that can be asked for.
pub const REACH_MINUTES: u32 = 60;
/// Thresholds of one picture of reach.
pub const REACH_BANDS: usize = 6;
/// Pictures of reach that are kept: one for each way of asking.
pub const REACH_KEPT: usize = 32;
// Of figures.
/// How long what figures are made of is kept in memory: 400 days, in milliseconds, so that a month can be held against the same of the
/// year before. The record itself is kept as long as the city says.
pub const FIGURES_KEPT_MS: u64 = 400 * 86_400_000;
/// The longest period that figures are asked for: 100 days, in milliseconds.
pub const FIGURES_PERIOD_MS: u64 = 100 * 86_400_000;
// Of the planner.
/// Candidates of one plan.
pub const PLAN_CANDIDATES: usize = 1 << 20;
/// Times in one reach table: four gigabytes of them.
pub const PLAN_TIMES: usize = 1 << 29;
/// Largest sum of weights, times the parts a unit of the aim is counted in.
pub const PLAN_WEIGHT: u64 = 1 << 52;
/// Bytes of one instance or plan file.
pub const PLAN_FILE_BYTES: u64 = 4 << 30;
// Of presence.
/// How long is kept, by street and hour, how often it was passed: 400 days, in milliseconds, as what figures are made of.
pub const PRESENCE_KEPT_MS: i64 = 400 * 86_400_000;
/// The longest period that presence is asked for: 31 days, in milliseconds.
pub const PRESENCE_PERIOD_MS: i64 = 31 * 86_400_000;
/// Streets of one picture of presence.
pub const PRESENCE_STREETS: usize = 20_000;

// Of plans.
/// Plans on record.
pub const PLANS: usize = 1 << 14;
/// Days a plan was made from, or tried on.
pub const PLAN_DAYS: usize = 4_096;
/// Trials of one plan.
pub const PLAN_TRIALS: usize = 64;
/// Posts of one plan.
pub const PLAN_POSTS: usize = 4_096;
/// Bytes of a plan's document, of what it was made from, or of the result of a trial.
pub const PLAN_DOCUMENT_BYTES: usize = 64 << 20;
/// Posts whose cover is asked for at once.
pub const COVER_POSTS: usize = 2_000;
/// Places whose reach is kept: as many posts as a city has, and where one was dragged.
pub const COVER_KEPT: usize = 4_096;
/// Places that are told of those that gain or lose.
pub const COVER_PLACES: usize = 2_000;
/// Long computations under way at once.
pub const RUNS_AT_ONCE: usize = 2;
/// Long computations that wait their turn.
pub const RUNS_WAITING: usize = 16;
/// Long computations that are over and can still be looked at.
pub const RUNS_KEPT: usize = 64;
/// Days for which they can be.
pub const RUNS_KEPT_DAYS: i64 = 30;
/// Bytes of one of them on the disk.
pub const RUN_BYTES: usize = 32 << 20;
/// Beats of one patrol plan.
pub const PATROL_BEATS: usize = 200;
/// Tours of one patrol plan.
pub const PATROL_TOURS: usize = 1_000;
/// Nodes of one search for posts that a console may ask for.
pub const SITING_NODES: u32 = 1_000_000;
/// Street corners among the candidates that a console may ask for.
pub const SITING_STREETS: usize = 5_000;
/// Places of one's own choice among them.
pub const SITING_PLACES: usize = 2_000;
/// Days of one trial.
pub const TRIAL_DAYS: usize = 400;
/// Days of one trial times its seeds.
pub const TRIAL_RUNS: u64 = 20_000;
/// Units at each post, where a trial makes them up.
pub const TRIAL_UNITS_EACH: u32 = 100;
/// Units that one change of a trial adds.
pub const TRIAL_UNITS_ADDED: u32 = 1_000;
/// Changes of one plan of a trial.
pub const TRIAL_CHANGES: usize = 1_000;
/// Bytes of memory for times by road that a trial keeps.
pub const TRIAL_ROOM: usize = 512 << 20;
/// Files of calls that are offered.
pub const CALL_FILES: usize = 256;
