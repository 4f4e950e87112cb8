//! The parts of an EIDO that Precinct fills in, with the names and the required fields of the schema of NENA-STA-021.1.

use serde::{Deserialize, Serialize};

use crate::Time;

macro_rules! parts {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty,)+ })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
        #[serde(rename_all = "camelCase")]
        pub struct $name {
            $($(#[$field_doc])* pub $field: $type,)+
        }
    )+};
}

parts! {
    /// A reference to another part, by its id.
    EidoReferenceDoc {
        /// The id.
        #[serde(rename = "$ref")]
        to: String,
    }
    /// What every part begins with.
    EidoPrologueDoc {
        /// Its id, unique in the world.
        #[serde(rename = "$id")]
        id: String,
        /// When it last changed.
        last_update_time_stamp: Time,
        /// Whose it is.
        updated_by_agency_reference: EidoReferenceDoc,
    }
    /// An incident for another control room.
    EidoDoc {
        /// The id is the incident's tracking identifier.
        #[serde(flatten)]
        prologue: EidoPrologueDoc,
        /// `1.0`.
        eido_version: String,
        /// Who made this.
        issuing_element_identification: String,
        /// What it is.
        incident_component: EidoIncidentDoc,
        /// Incidents it was merged with.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        merge_component: Vec<EidoMergeDoc>,
        /// Incidents it has to do with.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        link_component: Vec<EidoLinkDoc>,
        /// Who was sent.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        dispatch_component: Vec<EidoDispatchDoc>,
        /// The units that are on it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        emergency_resource_component: Vec<EidoResourceDoc>,
        /// The agencies that have to do with it: this one.
        agency_component: Vec<EidoAgencyDoc>,
        /// Where it is.
        location_component: Vec<EidoLocationDoc>,
    }
    /// What an incident is.
    EidoIncidentDoc {
        /// Whose, and since when.
        #[serde(flatten)]
        prologue: EidoPrologueDoc,
        /// Its type here.
        incident_type_internal_code: String,
        /// What that is called.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        incident_type_internal_text: Option<String>,
        /// Its type in the common registry.
        incident_type_common_registry_text: String,
        /// How it stands here: open, merged or closed.
        incident_status_internal_text: Vec<String>,
        /// How it stands, in the common registry.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        incident_status_common_registry_text: Vec<String>,
        /// Its number here.
        internal_incident_id: String,
        /// Where it is.
        location_reference: Vec<EidoReferenceDoc>,
        /// Its urgency here, 1 (highest) to 5.
        incident_priority_internal_text: String,
        /// Its urgency, 0 to 10 (highest).
        incident_common_priority_number: u8,
        /// How it ended.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        disposition_component: Vec<EidoDispositionDoc>,
    }
    /// How an incident ended.
    EidoDispositionDoc {
        /// Whose, and since when.
        #[serde(flatten)]
        prologue: EidoPrologueDoc,
        /// The code of the common registry.
        disposition_common_registry_code: String,
        /// The code here.
        disposition_category_text: String,
    }
    /// An incident that was merged with this one.
    EidoMergeDoc {
        /// Whose, and since when.
        #[serde(flatten)]
        prologue: EidoPrologueDoc,
        /// The other's tracking identifier.
        incident_tracking_identifier: String,
        /// REPLACED if the other goes on under this one, REPLACING if this one goes on under the other.
        incident_merge_direction_code: String,
    }
    /// An incident this one has to do with.
    EidoLinkDoc {
        /// Whose, and since when.
        #[serde(flatten)]
        prologue: EidoPrologueDoc,
        /// The other's tracking identifier.
        incident_tracking_identifier: String,
        /// RELATED.
        link_direction_code: String,
    }
    /// That a unit was sent.
    EidoDispatchDoc {
        /// Whose, and since when.
        #[serde(flatten)]
        prologue: EidoPrologueDoc,
        /// Whose unit.
        agency_reference: EidoReferenceDoc,
        /// Which unit.
        emergency_resource_reference: Vec<EidoReferenceDoc>,
    }
    /// A unit. Who crews it is not told.
    EidoResourceDoc {
        /// Whose, and since when.
        #[serde(flatten)]
        prologue: EidoPrologueDoc,
        /// What kind, in the common registry.
        emergency_resource_type_common_registry_text: String,
        /// Its force here.
        emergency_resource_type_internal_text: String,
        /// Attributes of the common registry: none are claimed.
        resource_attribute_registry_text: Vec<String>,
        /// What it can do, codes here.
        resource_attribute_internal_text: Vec<String>,
        /// What it is called on the air.
        emergency_resource_name: String,
        /// Whether it can be sent elsewhere, in the common registry.
        primary_unit_status_registry_text: String,
        /// What it does, in the common registry.
        secondary_unit_status_registry_text: Vec<String>,
        /// Its crew: always empty.
        agent_reference: Vec<EidoReferenceDoc>,
        /// What it is on.
        active_on_incident_id: String,
    }
    /// An agency.
    EidoAgencyDoc {
        /// Its id is its domain.
        #[serde(flatten)]
        prologue: EidoPrologueDoc,
        /// What it does for the incident, in the registry.
        agency_role_description_registry_text: Vec<String>,
        /// What it is, in the registry.
        agency_type: Vec<String>,
        /// Whether the incident is its own.
        incident_owning_agency_indicator: bool,
    }
    /// A place.
    EidoLocationDoc {
        /// Whose, and since when.
        #[serde(flatten)]
        prologue: EidoPrologueDoc,
        /// What the place is, in the registry.
        location_type_description_registry_text: String,
        /// The place, as a PIDF-LO (RFC 5491).
        location_by_value: String,
    }
}
