//! A writer of OSM XML.

use std::io::{Result, Write};

use precinct_base::LonLat;

/// Writes an OSM XML file, in whatever order it is told.
///
/// ```
/// use precinct_osm::write::XmlWriter;
/// let mut writer = XmlWriter::new(Vec::new())?;
/// writer.node(1, "113.54,22.19".parse().unwrap(), &[("name", "A & B")])?;
/// let text = String::from_utf8(writer.finish()?).unwrap();
/// assert!(text.contains(r#"<tag k="name" v="A &amp; B"/>"#));
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct XmlWriter<W> {
    out: W,
}

impl<W: Write> XmlWriter<W> {
    /// Begins a file.
    pub fn new(mut out: W) -> Result<Self> {
        out.write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<osm version=\"0.6\" generator=\"precinct\">\n")?;
        Ok(Self { out })
    }

    /// Writes a node.
    pub fn node(&mut self, id: i64, at: LonLat, tags: &[(&str, &str)]) -> Result<()> {
        let place = at.to_string();
        let (lon, lat) = place.split_once(',').unwrap_or_default();
        writeln!(self.out, " <node id=\"{id}\" lat=\"{lat}\" lon=\"{lon}\">")?;
        self.tags(tags)?;
        self.out.write_all(b" </node>\n")
    }

    /// Writes a way through these nodes.
    pub fn way(&mut self, id: i64, refs: &[i64], tags: &[(&str, &str)]) -> Result<()> {
        writeln!(self.out, " <way id=\"{id}\">")?;
        for node in refs {
            writeln!(self.out, "  <nd ref=\"{node}\"/>")?;
        }
        self.tags(tags)?;
        self.out.write_all(b" </way>\n")
    }

    /// Writes a relation of these ways, each with its role.
    pub fn relation(&mut self, id: i64, ways: &[(i64, &str)], tags: &[(&str, &str)]) -> Result<()> {
        writeln!(self.out, " <relation id=\"{id}\">")?;
        for (way, role) in ways {
            writeln!(
                self.out,
                "  <member type=\"way\" ref=\"{way}\" role=\"{}\"/>",
                escaped(role)
            )?;
        }
        self.tags(tags)?;
        self.out.write_all(b" </relation>\n")
    }

    /// Ends the file and gives back where it was written to.
    pub fn finish(mut self) -> Result<W> {
        self.out.write_all(b"</osm>\n")?;
        self.out.flush()?;
        Ok(self.out)
    }

    fn tags(&mut self, tags: &[(&str, &str)]) -> Result<()> {
        for (key, value) in tags {
            writeln!(self.out, "  <tag k=\"{}\" v=\"{}\"/>", escaped(key), escaped(value))?;
        }
        Ok(())
    }
}

/// The text as it may stand in an attribute; what XML cannot hold at all becomes the replacement character.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.extend(["&#", &u32::from(c).to_string(), ";"]),
            c if c < ' ' || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}
