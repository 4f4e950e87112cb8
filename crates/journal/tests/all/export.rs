//! Export: any program can read it, and the same journal gives the same bytes.

use crate::common::{drafts, open};
use precinct_journal::{ExportError, Reader, json_lines};

#[test]
fn the_same_records_give_the_same_lines() {
    let folder = tempfile::tempdir().unwrap();
    open(folder.path()).append(&drafts(0..4), 0).unwrap();
    let reader = Reader::open(folder.path()).unwrap();
    let lines = |range| {
        let mut out = Vec::new();
        let count = json_lines(&reader, range, &mut out).unwrap();
        (count, String::from_utf8(out).unwrap())
    };
    let (count, all) = lines(1..=u64::MAX);
    let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/golden/four.jsonl");
    assert_eq!((count, all.as_str()), (4, std::fs::read_to_string(golden).unwrap().as_str()));
    let (count, some) = lines(2..=3);
    let middle: Vec<&str> = all.split_inclusive('\n').skip(1).take(2).collect();
    assert_eq!((count, some), (2, middle.concat()));
    for line in all.lines() {
        let value: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(value["body"]["n"], value["seq"].as_u64().unwrap() - 1);
    }
}

#[test]
fn a_full_pipe_ends_the_export_with_its_error() {
    struct Full;
    impl std::io::Write for Full {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::StorageFull.into())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let folder = tempfile::tempdir().unwrap();
    open(folder.path()).append(&drafts(0..4), 0).unwrap();
    let reader = Reader::open(folder.path()).unwrap();
    let failed = json_lines(&reader, 1..=4, &mut Full).unwrap_err();
    assert!(matches!(failed, ExportError::Write(_)), "{failed}");
}
