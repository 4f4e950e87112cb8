//! The folders that are written: the same bytes for the same order, and a nation's index.

use std::fs;
use std::path::{Path, PathBuf};

use precinct_sim::generate::{
    GenerateError, NationOrder, Order, plan_nation, write_city, write_nation,
};

/// A folder that is removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&path);
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Every file below `dir` with what is in it.
fn contents(dir: &Path) -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    let mut open = vec![dir.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(dir).unwrap().to_string_lossy().into_owned();
                all.push((name, fs::read(&path).unwrap()));
            }
        }
    }
    all.sort();
    all
}

#[test]
fn the_same_seed_writes_the_same_bytes_and_another_does_not() {
    let folders = ["same-a", "same-b", "other"].map(Folder::new);
    for (folder, seed) in folders.iter().zip([7, 7, 8]) {
        write_city(&Order { seed, people: 80_000 }, &folder.0).unwrap();
    }
    let [one, again, other] = folders.each_ref().map(|folder| contents(&folder.0));
    let names: Vec<&str> = one.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        [
            "areas.geojson",
            "city.toml",
            "demand.csv",
            "hotspots.csv",
            "hours.csv",
            "posts.csv",
            "roads.osm.pbf",
            "sites.csv"
        ]
    );
    assert!(one == again, "the same order wrote different bytes");
    for ((name, one), (_, other)) in
        one.iter().zip(&other).filter(|((name, _), _)| name != "hours.csv")
    {
        assert!(one != other, "{name} does not depend on the seed");
    }
}

#[test]
fn what_was_made_is_what_was_written() {
    let folder = Folder::new("made");
    let made = write_city(&Order { seed: 11, people: 100_000 }, &folder.0).unwrap();
    let files = contents(&folder.0);
    assert_eq!(made.bytes, files.iter().map(|(_, bytes)| bytes.len() as u64).sum::<u64>());
    let rows = |name: &str| {
        let (_, bytes) = files.iter().find(|(one, _)| one == name).unwrap();
        String::from_utf8_lossy(bytes).lines().count() - 1
    };
    assert_eq!((rows("posts.csv"), rows("sites.csv")), (made.posts, made.sites));
    assert_eq!((rows("demand.csv"), rows("hours.csv")), (made.demand, 168));
}

#[test]
fn a_nation_is_made_the_same_by_any_number_of_threads() {
    let order = NationOrder { people: 400_000, ..NationOrder::new(5, 4) };
    let folders = ["nation-1", "nation-3"].map(Folder::new);
    for (folder, threads) in folders.iter().zip([1, 3]) {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let made = pool.install(|| write_nation(&order, &folder.0, &|_| ())).unwrap();
        assert_eq!(made.cities.iter().map(|(_, city)| city.people).sum::<u64>(), 400_000);
    }
    let [one, three] = folders.each_ref().map(|folder| contents(&folder.0));
    assert!(one == three, "the number of threads shows in the bytes");
    assert_eq!(one.len(), 4 * 8 + 2);
    let (_, index) = one.iter().find(|(name, _)| name == "index.csv").unwrap();
    assert_eq!(String::from_utf8_lossy(index).lines().count(), 5);
}

#[test]
fn the_whole_nation_is_planned_with_its_totals() {
    let plan = plan_nation(&NationOrder::new(1, 337)).unwrap();
    let sum = |of: fn(&precinct_sim::generate::Counts) -> u64| plan.iter().map(of).sum::<u64>();
    assert_eq!((plan.len(), sum(|c| c.people)), (337, 1_412_000_000));
    assert_eq!((sum(|c| c.ways_in), sum(|c| c.street_stations)), (5_026, 21_000));
    assert_eq!((sum(|c| c.patrol), sum(|c| c.communities)), (740_000, 300_000));
}

#[test]
fn impossible_nations_and_folders_are_refused() {
    for cities in [0, 1_001] {
        assert!(matches!(
            plan_nation(&NationOrder::new(1, cities)),
            Err(GenerateError::Cities { .. })
        ));
    }
    let crowded = NationOrder { people: u64::from(u32::MAX), ..NationOrder::new(1, 2) };
    assert!(matches!(plan_nation(&crowded), Err(GenerateError::NationPeople { .. })));
    let folder = Folder::new("blocked");
    fs::create_dir_all(&folder.0).unwrap();
    let file = folder.0.join("file");
    fs::write(&file, "in the way").unwrap();
    let refused = write_city(&Order { seed: 1, people: 20_000 }, &file);
    assert!(
        matches!(&refused, Err(GenerateError::Write { path, .. }) if *path == file),
        "{refused:?}"
    );
}
