//! How types of record are listed, and how a record of an older version becomes one of today's.

/// Lists record types: module, type, name with version, and the older versions that can still be read.
///
/// A record is `{"name.version": {fields}}`. To change a type, give its struct the new fields, raise the number, and keep the old
/// struct in the same file as an older version: `unit_set => UnitSet = "unit_set.2", older UnitSetV1 = "unit_set.1";` with
/// `From<UnitSetV1> for UnitSet`.
macro_rules! records {
    ($($module:ident => $type:ident = $name:literal $(, older $variant:ident = $old:literal)*;)+) => {
        $(mod $module;)+
        $(pub use $module::$type;)+

        /// What happened, by type.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(from = "Stored")]
        pub enum Fact {
            $(
                #[doc = concat!("See [`", stringify!($type), "`].")]
                #[serde(rename = $name)]
                $type($type),
            )+
        }

        /// Every version that can be read.
        #[derive(Deserialize)]
        enum Stored {
            $(
                #[serde(rename = $name)]
                $type($type),
                $(#[serde(rename = $old)] $variant($module::$variant),)*
            )+
        }

        impl From<Stored> for Fact {
            fn from(stored: Stored) -> Self {
                match stored {
                    $(
                        Stored::$type(fact) => Self::$type(fact),
                        $(Stored::$variant(old) => Self::$type(old.into()),)*
                    )+
                }
            }
        }

        impl Fact {
            /// The names of all types of record, with the version that is written today.
            pub const NAMES: &[&str] = &[$($name),+];

            /// The name of its type, with the version that is written today.
            pub const fn name(&self) -> &'static str {
                match self { $(Self::$type(_) => $name),+ }
            }
        }

        $(impl From<$type> for Fact {
            fn from(fact: $type) -> Self {
                Self::$type(fact)
            }
        })+
    };
}
