//! Keys whose file is somebody else's for a moment.

use super::*;

#[test]
fn a_write_that_failed_leaves_no_doubt_behind() {
    let folder = tempfile::tempdir().unwrap();
    let mut keys = Keys::open(folder.path()).unwrap();
    let other = Connection::open(folder.path().join(KEYS)).unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let key = [(1, [1; KEY_BYTES])];
    assert!(matches!(keys.create(&key), Err(KeyError::Database { .. })));
    assert!(keys.doubtful);
    // Opened anew before the next write, and that fails as well while the other holds it.
    let again = keys.create(&key).unwrap_err();
    assert!(matches!(again, KeyError::Open(_)), "{again}");
    assert!(keys.doubtful);
    other.execute_batch("ROLLBACK").unwrap();
    keys.create(&key).unwrap();
    assert!(!keys.doubtful);
    let sealed = keys.seal(1, [0; NONCE_BYTES], "x").unwrap();
    assert_eq!(keys.unseal(1, &sealed).unwrap(), Opened::Text("x".to_owned()));
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    assert!(keys.destroy(1).is_err() && keys.seal(1, [0; NONCE_BYTES], "x").is_err());
    other.execute_batch("ROLLBACK").unwrap();
    keys.destroy(1).unwrap();
    assert_eq!(keys.unseal(1, &sealed).unwrap(), Opened::Erased);
}
