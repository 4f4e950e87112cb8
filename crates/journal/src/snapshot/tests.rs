//! Snapshots whole and damaged.

use super::*;

fn snapshot(seq: u64) -> Snapshot {
    Snapshot { seq, hash: Hash([1; 32]), state_hash: Hash([2; 32]), bytes: vec![7; 40] }
}

#[test]
fn snapshots_are_kept_found_and_removed() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    assert!(list(folder).unwrap().is_empty());
    assert!(matches!(newest(folder, u64::MAX), (None, skipped) if skipped.is_empty()));
    for seq in [30, 10, 20] {
        snapshot(seq).write(folder).unwrap();
    }
    fs::write(folder.join(SNAPSHOTS).join("notes.txt"), "x").unwrap();
    assert_eq!(list(folder).unwrap(), [10, 20, 30]);
    for (at_most, expected) in [(9, None), (10, Some(10)), (29, Some(20)), (99, Some(30))] {
        assert_eq!(newest(folder, at_most).0, expected.map(snapshot));
    }
    prune(folder, 2).unwrap();
    assert_eq!(list(folder).unwrap(), [20, 30]);
    discard(folder, 30).unwrap();
    prune(folder, 5).unwrap();
    assert_eq!(list(folder).unwrap(), [20]);
    assert!(discard(folder, 30).unwrap_err().to_string().contains("30.snap"));
}

#[test]
fn a_snapshot_damaged_anywhere_is_left_out_for_an_older_one() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    snapshot(1).write(folder).unwrap();
    snapshot(2).write(folder).unwrap();
    let whole = fs::read(path(folder, 2)).unwrap();
    for at in 0..whole.len() {
        let mut damaged = whole.clone();
        damaged[at] ^= 0x10;
        fs::write(path(folder, 2), &damaged).unwrap();
        let (found, left_out) = newest(folder, 9);
        assert_eq!((found, left_out.len()), (Some(snapshot(1)), 1), "byte {at}");
        fs::write(path(folder, 2), &whole[..at]).unwrap();
        assert!(matches!(read(folder, 2), Err(SnapshotError::Damaged { .. })), "cut at {at}");
    }
    // Whole, but of another record.
    fs::write(path(folder, 2), fs::read(path(folder, 1)).unwrap()).unwrap();
    assert!(read(folder, 2).unwrap_err().to_string().contains("is damaged"));
    // The sum fits a content that contradicts itself.
    for content in [b"PRECSNP1".to_vec(), [&whole[..HEADER], b"short"].concat(), vec![9; 200]] {
        let mut hasher = Hasher::default();
        hasher.update(&content);
        let bytes = [content, hasher.finish().0.to_vec()].concat();
        assert_eq!(parse(bytes), None);
    }
}

#[test]
fn a_file_in_the_place_of_the_folder_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::write(folder.join(SNAPSHOTS), "x").unwrap();
    assert!(list(folder).unwrap_err().to_string().contains("snapshots: "));
    let (found, left_out) = newest(folder, 9);
    assert_eq!((found, left_out.len()), (None, 1));
    assert!(prune(folder, 1).is_err());
    assert!(snapshot(1).write(folder).is_err());
}
