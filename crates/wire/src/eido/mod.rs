//! An incident for another control room: the Emergency Incident Data Object of NENA-STA-021.1, as its schema has it.
//!
//! It tells what the incident is, where, how urgent, how it stands and which units are on it; never what was written freely, who called
//! or who crews a unit.

mod codes;
mod document;

use precinct_base::{LonLat, Timestamp};
use precinct_core::{Assignment, Ending, Incident, IncidentId, Stage, State, Status};

pub use self::document::{
    EidoAgencyDoc, EidoDispatchDoc, EidoDispositionDoc, EidoDoc, EidoIncidentDoc, EidoLinkDoc,
    EidoLocationDoc, EidoMergeDoc, EidoPrologueDoc, EidoReferenceDoc, EidoResourceDoc,
};
use crate::Time;

/// An incident as an EIDO of `agency`, a domain name, as it is at `now`; none if it is not on the board.
pub fn eido(state: &State, id: IncidentId, agency: &str, now: Timestamp) -> Option<EidoDoc> {
    let incident = state.incidents().get(&id)?;
    let writer = Writer { state, id, incident, agency, tracking: tracking(id, incident, agency) };
    Some(writer.document(now))
}

/// The Incident Tracking Identifier (NENA-STA-010): unique in the agency by when the incident was taken in and by its number, and in
/// the world by the agency's domain.
fn tracking(id: IncidentId, incident: &Incident, agency: &str) -> String {
    format!("urn:emergency:uid:incidentid:{:x}{:08x}:{agency}", incident.opened.wall.0, id.0)
}

fn reference(id: &str) -> EidoReferenceDoc {
    EidoReferenceDoc { to: id.to_owned() }
}

struct Writer<'a> {
    state: &'a State,
    id: IncidentId,
    incident: &'a Incident,
    agency: &'a str,
    tracking: String,
}

impl Writer<'_> {
    fn prologue(&self, id: String, at: Timestamp) -> EidoPrologueDoc {
        EidoPrologueDoc {
            id,
            last_update_time_stamp: at.into(),
            updated_by_agency_reference: reference(self.agency),
        }
    }

    /// The id of a part.
    fn part(&self, name: &str) -> String {
        format!("{}:{name}", self.tracking)
    }

    /// Units that are on it or on one that was merged into it.
    fn tasks(&self) -> impl Iterator<Item = &Assignment> {
        let all = self.state.family(self.id).flat_map(|(_, one)| &one.assignments);
        all.filter(|task| task.ended.is_none())
    }

    fn document(&self, now: Timestamp) -> EidoDoc {
        EidoDoc {
            prologue: self.prologue(self.tracking.clone(), now),
            eido_version: "1.0".to_owned(),
            issuing_element_identification: self.agency.to_owned(),
            incident_component: self.incident(),
            merge_component: self.merges(),
            link_component: self.links(now),
            dispatch_component: self.tasks().map(|task| self.dispatch(task)).collect(),
            emergency_resource_component: self
                .tasks()
                .filter_map(|task| self.resource(task))
                .collect(),
            agency_component: vec![self.agency(now)],
            location_component: vec![self.location(now)],
        }
    }

    fn agency(&self, now: Timestamp) -> EidoAgencyDoc {
        let sent = self.tasks().next().is_some();
        let roles = ["CallReceiving"].into_iter().chain(sent.then_some("Dispatching"));
        EidoAgencyDoc {
            prologue: self.prologue(self.agency.to_owned(), now),
            agency_role_description_registry_text: roles.map(str::to_owned).collect(),
            agency_type: vec!["psap".to_owned()],
            incident_owning_agency_indicator: true,
        }
    }

    /// The latest instant at which something of the incident itself changed, as far as the board has it.
    fn changed(&self) -> Timestamp {
        let ended = match self.incident.status {
            Status::Open => None,
            Status::Merged { at, .. } | Status::Closed { at, .. } => Some(at.wall),
        };
        let tasks = self.incident.assignments.iter().map(|task| task.latest().wall);
        let all = [self.incident.opened.wall, self.incident.grading.at.wall];
        all.into_iter().chain(ended).chain(tasks).max().unwrap_or_default()
    }

    fn incident(&self) -> EidoIncidentDoc {
        let kind = self.incident.grading.kind;
        let priority = self.incident.grading.priority;
        let title = self.state.catalogue().kind(kind).map(|kind| kind.title.en.clone());
        EidoIncidentDoc {
            prologue: self.prologue(self.part("incident"), self.changed()),
            incident_type_internal_code: kind.to_string(),
            incident_type_internal_text: title.filter(|title| !title.is_empty()),
            incident_type_common_registry_text: codes::incident_type(kind).to_owned(),
            incident_status_internal_text: vec![self.status().to_owned()],
            incident_status_common_registry_text: self
                .common_status()
                .into_iter()
                .map(str::to_owned)
                .collect(),
            internal_incident_id: self.id.0.to_string(),
            location_reference: vec![reference(&self.part("location"))],
            incident_priority_internal_text: priority.number().to_string(),
            incident_common_priority_number: codes::priority(priority),
            disposition_component: self.disposition().into_iter().collect(),
        }
    }

    const fn status(&self) -> &'static str {
        match self.incident.status {
            Status::Open => "open",
            Status::Merged { .. } => "merged",
            Status::Closed { .. } => "closed",
        }
    }

    /// How it stands (EIDO-IncidentStatus-Common). Of one that was merged the merge is told, which has no word there.
    fn common_status(&self) -> Vec<&'static str> {
        match self.incident.status {
            Status::Merged { .. } => Vec::new(),
            Status::Closed { how: Ending::Cancelled(_), .. } => vec!["Cancelled"],
            Status::Closed { how: Ending::Resolved(_), .. } => vec!["Closed"],
            Status::Open => {
                let at = |stages: &[Stage]| self.tasks().any(|task| stages.contains(&task.stage()));
                let words = [
                    (true, "Active"),
                    (self.tasks().next().is_some(), "ResourcesAssigned"),
                    (at(&[Stage::EnRoute]), "ResourcesEnroute"),
                    (at(&[Stage::OnScene, Stage::Transporting]), "ResourcesOnscene"),
                ];
                words.into_iter().filter(|(so, _)| *so).map(|(_, word)| word).collect()
            }
        }
    }

    fn disposition(&self) -> Option<EidoDispositionDoc> {
        let Status::Closed { how, at } = self.incident.status else { return None };
        let (code, common) = match how {
            Ending::Cancelled(reason) => (reason, codes::cancelled(reason)),
            Ending::Resolved(disposition) => (disposition, codes::resolved(disposition)),
        };
        Some(EidoDispositionDoc {
            prologue: self.prologue(self.part("disposition"), at.wall),
            disposition_common_registry_code: common.to_owned(),
            disposition_category_text: code.to_string(),
        })
    }

    /// The tracking identifier of another incident, if it is on the board.
    fn other(&self, id: IncidentId) -> Option<String> {
        Some(tracking(id, self.state.incidents().get(&id)?, self.agency))
    }

    fn merge(&self, other: IncidentId, at: Timestamp, direction: &str) -> Option<EidoMergeDoc> {
        Some(EidoMergeDoc {
            prologue: self.prologue(self.part(&format!("merge:{}", other.0)), at),
            incident_tracking_identifier: self.other(other)?,
            incident_merge_direction_code: direction.to_owned(),
        })
    }

    fn merges(&self) -> Vec<EidoMergeDoc> {
        let under = match self.incident.status {
            Status::Merged { into, at } => self.merge(into, at.wall, "REPLACING"),
            _ => None,
        };
        let merged = self.incident.merged.iter().filter_map(|&one| {
            match self.state.incidents().get(&one)?.status {
                Status::Merged { at, .. } => self.merge(one, at.wall, "REPLACED"),
                _ => None,
            }
        });
        under.into_iter().chain(merged).collect()
    }

    fn links(&self, now: Timestamp) -> Vec<EidoLinkDoc> {
        let linked = self.incident.links.iter().filter_map(|&other| {
            Some(EidoLinkDoc {
                prologue: self.prologue(self.part(&format!("link:{}", other.0)), now),
                incident_tracking_identifier: self.other(other)?,
                link_direction_code: "RELATED".to_owned(),
            })
        });
        linked.collect()
    }

    fn dispatch(&self, task: &Assignment) -> EidoDispatchDoc {
        let unit = task.unit.0;
        EidoDispatchDoc {
            prologue: self.prologue(self.part(&format!("dispatch:{unit}")), task.dispatched.wall),
            agency_reference: reference(self.agency),
            emergency_resource_reference: vec![reference(&self.part(&format!("unit:{unit}")))],
        }
    }

    fn resource(&self, task: &Assignment) -> Option<EidoResourceDoc> {
        let unit = self.state.units().get(&task.unit)?;
        let (primary, secondary) = codes::unit_status(task.stage());
        Some(EidoResourceDoc {
            prologue: self
                .prologue(self.part(&format!("unit:{}", task.unit.0)), task.latest().wall),
            emergency_resource_type_common_registry_text: codes::resource_type(unit.force)
                .to_owned(),
            emergency_resource_type_internal_text: unit.force.to_string(),
            resource_attribute_registry_text: Vec::new(),
            resource_attribute_internal_text: unit
                .capabilities
                .iter()
                .map(ToString::to_string)
                .collect(),
            emergency_resource_name: unit.call_sign.clone(),
            primary_unit_status_registry_text: primary.to_owned(),
            secondary_unit_status_registry_text: vec![secondary.to_owned()],
            agent_reference: Vec::new(),
            active_on_incident_id: self.tracking.clone(),
        })
    }

    fn location(&self, now: Timestamp) -> EidoLocationDoc {
        let id = self.part("location");
        let by_value = pidf_lo(self.incident.place.at, &self.tracking, now);
        EidoLocationDoc {
            prologue: self.prologue(id, now),
            location_type_description_registry_text: "CurrentIncident".to_owned(),
            location_by_value: by_value,
        }
    }
}

/// A place as a PIDF-LO (RFC 4119, RFC 5491 section 5.2.1): latitude comes first.
fn pidf_lo(at: LonLat, entity: &str, now: Timestamp) -> String {
    let (lon, lat) = at.degrees();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\
         <presence xmlns=\"urn:ietf:params:xml:ns:pidf\" xmlns:gp=\"urn:ietf:params:xml:ns:pidf:geopriv10\" \
         xmlns:gml=\"http://www.opengis.net/gml\" entity=\"{entity}\"><tuple id=\"place\"><status><gp:geopriv><gp:location-info>\
         <gml:Point srsName=\"urn:ogc:def:crs:EPSG::4326\"><gml:pos>{lat} {lon}</gml:pos></gml:Point></gp:location-info>\
         <gp:usage-rules/></gp:geopriv></status><timestamp>{}</timestamp></tuple></presence>",
        Time(now)
    )
}
