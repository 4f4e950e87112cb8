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

#[cfg(test)]
#[expect(unreachable_pub, reason = "the macro makes what records need: public types")]
mod tests {
    use serde::{Deserialize, Serialize};

    records! {
        told => Told = "told.2", older ToldV1 = "told.1";
        heard => Heard = "heard.1";
    }

    #[test]
    fn a_record_of_an_older_version_becomes_one_of_todays() {
        let today = Fact::from(Told { who: 7, loud: true });
        let read = |text| serde_json::from_str::<Fact>(text).unwrap();
        assert_eq!(read("{\"told.2\":{\"who\":7,\"loud\":true}}"), today);
        // Nothing was loud in version 1.
        let older = read("{\"told.1\":{\"who\":7}}");
        assert_eq!(older, Fact::from(Told { who: 7, loud: false }));
        assert_eq!(
            serde_json::to_string(&older).unwrap(),
            "{\"told.2\":{\"who\":7,\"loud\":false}}"
        );
        assert_eq!((older.name(), Fact::from(Heard {}).name()), ("told.2", "heard.1"));
        assert_eq!(Fact::NAMES, ["told.2", "heard.1"]);
        assert!(serde_json::from_str::<Fact>("{\"told.3\":{\"who\":7}}").is_err());
    }
}
