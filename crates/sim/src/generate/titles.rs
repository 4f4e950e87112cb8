//! What the city's areas are called.

use precinct_city::AreaLevel;

use super::areas::Division;
use super::flat::{Pt, TURN};
use super::layout::Layout;
use super::names::{Stems, Title};

/// A level, the area of each superblock at that level, and the areas' names.
pub(super) type Level = (AreaLevel, Vec<u32>, Vec<Title>);

/// Districts are called after where they lie: the middle, the sides of the sky, then made names.
pub(super) fn districts(seed: u64, layout: &Layout, division: &Division) -> Vec<Title> {
    let count = division.district.iter().max().map_or(0, |&last| last as usize + 1);
    let mut sums = vec![(Pt::default(), 0i64); count];
    for (superblock, &district) in layout.superblocks.iter().zip(&division.district) {
        let weight = superblock.area / 1_000;
        let (sum, total) = &mut sums[district as usize];
        *sum = sum.plus(Pt::new(
            superblock.middle.x / 1_000 * weight,
            superblock.middle.y / 1_000 * weight,
        ));
        *total += weight;
    }
    let middles: Vec<Pt> = sums
        .into_iter()
        .map(|(sum, total)| Pt::new(sum.x / total.max(1) * 1_000, sum.y / total.max(1) * 1_000))
        .collect();
    let central = (0..count).min_by_key(|&i| middles[i].length());
    let mut taken: Vec<usize> = Vec::new();
    let mut stems = Stems::new(seed, "districts", &[]);
    (0..count)
        .map(|i| {
            if Some(i) == central {
                return Title::new("城中区", "Chengzhong District");
            }
            let side =
                ((middles[i].angle() + TURN / 16).rem_euclid(TURN) / (TURN / 8)) as usize % 8;
            if taken.contains(&side) {
                return stems.next().and("区", " District");
            }
            taken.push(side);
            let (zh, en) = SIDES[side];
            Title::new(format!("{zh}区"), format!("{en} District"))
        })
        .collect()
}

const SIDES: [(&str, &str); 8] = [
    ("城东", "Chengdong"),
    ("东北新", "Dongbei New"),
    ("城北", "Chengbei"),
    ("西北新", "Xibei New"),
    ("城西", "Chengxi"),
    ("西南新", "Xinan New"),
    ("城南", "Chengnan"),
    ("东南新", "Dongnan New"),
];

/// The four levels of areas, the largest first.
pub(super) fn levels(
    city: &Title,
    districts: Vec<Title>,
    stations: &[Title],
    division: &Division,
) -> Vec<Level> {
    let areas = stations.iter().map(|stem| stem.and("派出所辖区", " Station Area")).collect();
    let mut last = (u32::MAX, 0);
    let cells = division.station_area_of.iter().map(|&area| {
        last = (area, if last.0 == area { last.1 + 1 } else { 1 });
        stations[area as usize].and(&format!("第{}网格", last.1), &format!(" Grid Cell {}", last.1))
    });
    let cells = cells.collect();
    vec![
        (AreaLevel::City, vec![0; division.district.len()], vec![city.and("市", " City")]),
        (AreaLevel::District, division.district.clone(), districts),
        (AreaLevel::StationArea, division.station_area.clone(), areas),
        (AreaLevel::GridCell, division.grid_cell.clone(), cells),
    ]
}
