//! Codes of the standard catalogue in the registries of NENA-STA-021.1, chapter 3. A code that is not here is told as its registry's
//! own word for what has no code, so that nothing is claimed of it.

use precinct_core::{Code, Priority, Stage};

/// The type of an incident (EIDO-IncidentType-Common, after APCO 2.103.2-2019).
pub(super) fn incident_type(kind: Code) -> &'static str {
    match kind.as_str() {
        "alarm_intrusion" => "ALRU",
        "alarm_panic" => "ALMH",
        "assault" => "ASSAULT",
        "bicycle_theft" | "pickpocket" | "vehicle_theft" => "LARCENY",
        "burglary" | "burglary_now" => "BURGLARY",
        "crowd" => "CRWD",
        "disturbance" => "DISORD",
        "domestic" => "DVA",
        "drowning" => "DROWN",
        "fire" => "FUNK",
        "found_property" => "PROPFND",
        "fraud" | "fraud_now" => "FRAUD",
        "gas_leak" => "GASLEAK",
        "goods_danger" => "HAZMAT",
        "lost_person" => "PERMISS",
        "medical" => "SICK",
        "mediation" => "CDX",
        "noise" => "NOISE",
        "obstruction" => "THAZ",
        "officer_help" => "HLP1",
        "robbery" => "ROBBERY",
        "suspicious_object" => "SUSP",
        "traffic_accident" => "MVAUNK",
        "traffic_injury" => "MVAINJY",
        "vandalism" => "VANDAL",
        "weapon" => "WEAPON",
        _ => "NCRNONE",
    }
}

/// How an incident that was dealt with ended (EIDO-CommonDispositionCode, after APCO ANS 1.111.2-2018).
pub(super) fn resolved(disposition: Code) -> &'static str {
    match disposition.as_str() {
        "case_opened" => "01",
        "duplicate" => "22",
        "handed_over" => "15",
        "nothing_found" => "14",
        // Assignment completed.
        _ => "18",
    }
}

/// How an incident with nothing to answer ended.
pub(super) fn cancelled(reason: Code) -> &'static str {
    match reason.as_str() {
        "duplicate" => "22",
        // Event cancelled.
        _ => "10",
    }
}

/// The kind of a unit (EIDO-EmergencyResourceType-Common), by its force.
pub(super) fn resource_type(force: Code) -> &'static str {
    match force.as_str() {
        "auxiliary" | "police" => "PatrolUnit",
        "medical" => "GroundBLSAmbulance",
        "traffic" => "TrafficUnit",
        // A crew, whatever it is of.
        _ => "ResponderCrewTransport",
    }
}

/// Whether a unit can be sent elsewhere, and what it does (EIDO-PrimaryUnitStatus-Common, EIDO-SecondaryUnitStatus-Common).
pub(super) const fn unit_status(stage: Stage) -> (&'static str, &'static str) {
    // Whoever is not there yet can be sent to something graver.
    match stage {
        Stage::Dispatched => ("ConditionallyAvailable", "Dispatched"),
        Stage::Acknowledged => ("ConditionallyAvailable", "AcknowledgedTransmission"),
        Stage::EnRoute => ("ConditionallyAvailable", "EnRoute"),
        Stage::OnScene => ("NotAvailable", "OnScene"),
        Stage::Transporting => ("NotAvailable", "Transporting"),
        Stage::Ended => ("Available", "Cleared"),
    }
}

/// Urgency as the standard counts it: 10 is the highest, 0 the lowest.
pub(super) const fn priority(priority: Priority) -> u8 {
    2 * (Priority::COUNT as u8 + 1).saturating_sub(priority.number())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_of_the_standard_catalogue_but_other_has_a_common_one() {
        let catalogue = precinct_core::Catalogue::standard();
        let without: Vec<&str> = catalogue
            .types
            .iter()
            .filter(|kind| incident_type(kind.code) == "NCRNONE")
            .map(|kind| kind.code.as_str())
            .collect();
        assert_eq!(without, ["other"]);
    }

    #[test]
    fn the_gravest_is_ten() {
        let all: Vec<u8> = (1..=5).filter_map(Priority::new).map(priority).collect();
        assert_eq!(all, [10, 8, 6, 4, 2]);
    }
}
