//! Room that is taken, given up and taken again.

use super::*;

#[test]
fn room_is_taken_once_and_given_up() {
    let folder = tempfile::tempdir().unwrap();
    let reserve = Reserve::new(folder.path(), 100_000);
    assert!(reserve.take().unwrap() && reserve.take().unwrap());
    assert_eq!(fs::metadata(&reserve.path).unwrap().len(), 100_000);
    // Half of it is not it.
    fs::write(&reserve.path, vec![1; 50_000]).unwrap();
    assert!(reserve.take().unwrap());
    assert_eq!(fs::read(&reserve.path).unwrap(), vec![0; 100_000]);
    reserve.give_up().unwrap();
    reserve.give_up().unwrap();
    assert!(!reserve.path.exists());
    fs::create_dir(&reserve.path).unwrap();
    assert!(
        reserve.give_up().is_err() && reserve.take().is_err(),
        "a folder is not ours to remove"
    );
    let nowhere = Reserve::new(&folder.path().join("no such folder"), 1);
    assert!(nowhere.take().is_err());
    assert!(no_room(&io::Error::from(ErrorKind::StorageFull)));
    assert!(!no_room(&io::Error::from(ErrorKind::PermissionDenied)));
}
