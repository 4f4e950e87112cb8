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
