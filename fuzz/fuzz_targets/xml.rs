//! OSM XML: the file as it comes, or as what lies within `<osm>`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use precinct_osm::{
    ClassSpeeds, Clip, Format, RoadOptions, Silent, read_places_bytes, read_roads_bytes,
    read_scenery_bytes,
};

fuzz_target!(|data: &[u8]| {
    let wrapped;
    let file = match data.split_first() {
        Some((0, within)) => {
            wrapped = [b"<osm>", within, b"</osm>"].concat();
            &wrapped[..]
        }
        _ => data,
    };
    let format = if file.starts_with(&[0x1f, 0x8b]) { Format::XmlGzip } else { Format::Xml };
    let (clip, speeds) = (Clip::Everything, ClassSpeeds::default());
    let options = RoadOptions { clip: &clip, speeds: &speeds, progress: &Silent };
    let _ = read_roads_bytes("fuzz.osm", format, file, &options);
    let _ = read_places_bytes("fuzz.osm", format, file, &clip);
    let _ = read_scenery_bytes("fuzz.osm", format, file, &clip);
});
