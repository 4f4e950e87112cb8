//! Documents that are told: how their types are made.

/// Types of documents, each field with what it is. They are compared, written, read, and described in the document of the doors.
macro_rules! docs {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty,)+ })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
        pub struct $name {
            $($(#[$field_doc])* pub $field: $type,)+
        }
    )+};
}
pub(crate) use docs;
