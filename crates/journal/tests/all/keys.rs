//! Sealed texts: readable with their key, altered ones refused, and gone for good with it.

use std::fs;

use precinct_journal::keys::{KeyError, Keys, NONCE_BYTES, Opened, SEAL_BYTES};

const KEY: [u8; 32] = *b"a key that is easy to look for..";

#[test]
fn a_text_is_read_with_its_key_and_with_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let mut keys = Keys::open(folder.path()).unwrap();
    keys.create(&[(1, KEY), (2, [9; 32])]).unwrap();
    let sealed = keys.seal(1, [3; NONCE_BYTES], "王小明, 3-402").unwrap();
    assert_eq!(sealed.len(), "王小明, 3-402".len() + SEAL_BYTES);
    let text = Opened::Text("王小明, 3-402".to_owned());
    assert_eq!(keys.unseal(1, &sealed).unwrap(), text);
    assert!(matches!(keys.unseal(2, &sealed), Err(KeyError::Altered { subject: 2 })));
    assert!(matches!(keys.unseal(3, &sealed), Err(KeyError::Missing { subject: 3, .. })));
    for at in 0..sealed.len() {
        let mut altered = sealed.clone();
        altered[at] ^= 1;
        assert!(matches!(keys.unseal(1, &altered), Err(KeyError::Altered { .. })), "byte {at}");
        assert!(matches!(keys.unseal(1, &sealed[..at]), Err(KeyError::Altered { .. })));
    }
    // The same text, sealed twice, does not look the same.
    assert_ne!(keys.seal(1, [4; NONCE_BYTES], "王小明, 3-402").unwrap(), sealed);
    // The same key under another subject is another seal.
    keys.create(&[(4, KEY)]).unwrap();
    assert!(matches!(keys.unseal(4, &sealed), Err(KeyError::Altered { .. })));
    drop(keys);
    assert_eq!(Keys::open(folder.path()).unwrap().unseal(1, &sealed).unwrap(), text);
    assert_eq!(Keys::reader(folder.path()).unwrap().unseal(1, &sealed).unwrap(), text);
}

#[test]
fn a_key_is_given_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut keys = Keys::open(folder.path()).unwrap();
    keys.create(&[(1, KEY)]).unwrap();
    let sealed = keys.seal(1, [0; NONCE_BYTES], "x").unwrap();
    keys.create(&[(1, [1; 32])]).unwrap();
    assert_eq!(keys.unseal(1, &sealed).unwrap(), Opened::Text("x".to_owned()));
    assert!(matches!(keys.seal(2, [0; NONCE_BYTES], "x"), Err(KeyError::Missing { .. })));
}

#[test]
fn a_destroyed_key_is_in_no_file_and_never_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let holds = || {
        fs::read_dir(folder.path()).unwrap().any(|entry| {
            let bytes = fs::read(entry.unwrap().path()).unwrap();
            bytes.windows(KEY.len()).any(|window| window == KEY)
        })
    };
    let mut keys = Keys::open(folder.path()).unwrap();
    keys.create(&(0..100).map(|n| (n, [n as u8; 32])).collect::<Vec<_>>()).unwrap();
    keys.create(&[(500, KEY)]).unwrap();
    let sealed = keys.seal(500, [0; NONCE_BYTES], "x").unwrap();
    assert!(holds());
    assert!(!keys.is_destroyed(500).unwrap());
    keys.destroy(500).unwrap();
    assert!(!holds());
    assert!(keys.is_destroyed(500).unwrap());
    assert_eq!(keys.unseal(500, &sealed).unwrap(), Opened::Erased);
    keys.create(&[(500, KEY)]).unwrap();
    assert!(!holds());
    assert!(matches!(keys.seal(500, [0; NONCE_BYTES], "x"), Err(KeyError::Destroyed { .. })));
    assert_eq!(keys.unseal(500, &sealed).unwrap(), Opened::Erased);
    // Whoever never had a key can have none any more.
    keys.destroy(900).unwrap();
    keys.destroy(900).unwrap();
    keys.create(&[(900, KEY)]).unwrap();
    assert!(matches!(keys.seal(900, [0; NONCE_BYTES], "x"), Err(KeyError::Destroyed { .. })));
    assert!(!keys.is_destroyed(901).unwrap());
}

#[test]
fn a_file_that_is_not_ours_is_not_used() {
    let folder = tempfile::tempdir().unwrap();
    let other = rusqlite::Connection::open(folder.path().join("keys.db")).unwrap();
    other.execute_batch("CREATE TABLE keys (a)").unwrap();
    assert!(
        Keys::open(folder.path()).unwrap_err().to_string().contains("no journal of Precinct's")
    );
    assert!(Keys::reader(&folder.path().join("none")).is_err());
}

#[test]
fn bytes_are_sealed_like_texts_and_who_has_a_key_is_listed() {
    let folder = tempfile::tempdir().unwrap();
    let mut keys = Keys::open(folder.path()).unwrap();
    let (high, higher) = (1 << 63, u64::MAX - 3);
    keys.create(&[(7, KEY), (high, KEY), (high | 5, KEY), (higher, KEY)]).unwrap();
    let sealed = keys.seal_bytes(7, [1; NONCE_BYTES], &[0xff, 0, 0xfe]).unwrap();
    assert_eq!(keys.unseal_bytes(7, &sealed).unwrap(), Some(vec![0xff, 0, 0xfe]));
    assert!(matches!(keys.unseal(7, &sealed), Err(KeyError::Altered { .. })), "it is no text");
    assert!(matches!(keys.unseal_bytes(high, &sealed), Err(KeyError::Altered { .. })));
    keys.destroy(high | 5).unwrap();
    keys.destroy(7).unwrap();
    assert_eq!(keys.unseal_bytes(7, &sealed).unwrap(), None);
    assert_eq!(keys.alive(high, u64::MAX).unwrap(), [high, higher]);
    assert!(keys.alive(0, high - 1).unwrap().is_empty());
}
