//! What comes through the doors as text: bodies of commands, windows of maps over the web socket, boxes, intervals and instants of queries.
#![no_main]

use libfuzzer_sys::fuzz_target;
use precinct_wire::{
    AnswerClockBody, AreaBody, AskAdvice, AskJoint, AskWay, Bbox, CatalogueBody, ContactBody,
    DispatchBody, IntakeBody, Interval, LoanBody, PostBody, SetDutyLevelBody, ShiftBody, SosBody,
    Time, TransportBody, UnitBody, Window,
};
use serde::de::DeserializeOwned;

fn body<T: DeserializeOwned>(text: &str) {
    let _ = serde_json::from_str::<T>(text);
}

fuzz_target!(|text: &str| {
    body::<IntakeBody>(text);
    body::<UnitBody>(text);
    body::<ShiftBody>(text);
    body::<PostBody>(text);
    body::<AreaBody>(text);
    body::<CatalogueBody>(text);
    body::<LoanBody>(text);
    body::<SetDutyLevelBody>(text);
    body::<DispatchBody>(text);
    body::<TransportBody>(text);
    body::<SosBody>(text);
    body::<ContactBody>(text);
    body::<AnswerClockBody>(text);
    body::<AskAdvice>(text);
    body::<AskJoint>(text);
    body::<AskWay>(text);
    if let Ok(window) = serde_json::from_str::<Window>(text) {
        let _ = window.bounds();
    }
    let _ = text.parse::<Bbox>();
    let _ = text.parse::<Interval>();
    if let Ok(time) = text.parse::<Time>() {
        // What is written of it is read as the same instant.
        assert_eq!(time.to_string().parse::<Time>().ok(), Some(time));
    }
});
